import type { Noticing } from "../results/results";
import type { Scale } from "../results/scale";
import type { Workbench } from "../workbench/workbench";

/** Measures the delay from the end of a task until the resource that waits for it sees the end. */
export async function measureNoticing(bench: Workbench, { noticedTasksSeconds }: Scale): Promise<Noticing[]> {
  const cloud = await bench.cloud(1);
  const subject = await bench.subject("ours", 1);
  const samples: Noticing[] = [];
  for (const taskSeconds of [0, ...noticedTasksSeconds]) {
    cloud.setTaskSeconds(taskSeconds);
    cloud.takeRequests();
    await subject.up({ ...cloud.credentials, PASSWORD: `Passw0rd-${taskSeconds}-of-` });
    const times = cloud.takeRequests().map(({ action, time }) => ({ action, timeMs: Date.parse(time) }));
    const reset = times.find(({ action }) => action === "ResetPassword");
    // No request follows the one that reports the end.
    const last = times.at(-1);
    if (!reset || !last) throw new Error("the up sent no request");
    const delaySeconds = (last.timeMs - reset.timeMs) / 1000 - taskSeconds;
    console.log(`  a task of ${taskSeconds} s: noticed after ${delaySeconds.toFixed(3)} s`);
    // The first up creates the resource.
    if (taskSeconds > 0) samples.push({ taskSeconds, delaySeconds });
  }
  return samples;
}
