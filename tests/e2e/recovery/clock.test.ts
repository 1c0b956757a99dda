import { writeFileSync } from "node:fs";
import path from "node:path";

import { expectSaid, onStack } from "../support/recovery";

it.each([
  ["10 minutes ahead", 600],
  ["10 minutes behind", -600],
])(
  "with this machine's clock %s no request is sent that the service would accept, and the error explains it",
  (_, seconds) =>
    onStack(async (recovery) => {
      const { fixture, carriedOut } = recovery;
      const clock = path.join(fixture.folder, "clock.cjs");
      writeFileSync(
        clock,
        `const now = Date.now, Real = Date;
       globalThis.Date = class extends Real { constructor(...a) { if (a.length) super(...a); else super(Date.now()); } };
       Date.now = () => now() + ${seconds} * 1000;`,
      );
      const up = await recovery.upToAnother([], { NODE_OPTIONS: `--require ${clock}` });
      expectSaid(up, "This machine's clock is wrong");
      expect(await recovery.status()).toBe("done");
      expect(await recovery.up()).toMatchObject({ code: 0 });
      await recovery.expectGoodEnd();
      expect(recovery.carriedOut - carriedOut).toBe(1);
    }),
);
