import { configure } from "./handlers";

/** Configures the handlers with a stack's config, by full names such as `tencentcloud:secretId`, as Pulumi does. */
export function configureWith(values: Readonly<Record<string, string>>): void {
  configure({ config: { get: (name: string) => values[name] } } as Parameters<typeof configure>[0]);
}
