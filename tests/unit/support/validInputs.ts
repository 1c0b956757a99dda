/** A valid value for every input. */
export const validInputs = {
  instanceId: "crs-5a4py64p",
  account: "reader",
  password: "zy456987",
  region: "ap-guangzhou",
  triggers: { month: "2026-01" },
  timeoutSeconds: 60,
  profile: "production",
  onCreate: "adopt",
  verify: { host: "10.0.0.1", port: 6379, tls: true },
};
