import type { PackageNames } from "./pluginNames";

/** A language of programs that can use the plugin, by its name in Markdown. */
type ProgramLanguage = "typescript" | "python" | "go" | "yaml";

/** Returns a complete program in each language, in Markdown, for the schema and docs/languages.md. */
export const programBlocks = (names: PackageNames): readonly string[] =>
  Object.entries(programs(names)).map(([language, program]) => formatBlock(language, program));

/** Returns the same programs with one tab per language, in the shortcodes of the Pulumi Registry. */
export function programTabs(names: PackageNames): string {
  const tabs = Object.entries(programs(names)).map(([language, program]) =>
    [`{{% choosable language ${language} %}}`, formatBlock(language, program), "{{% /choosable %}}"].join("\n\n"),
  );
  const languages = Object.keys(programs(names)).join(",");
  return [`{{< chooser language "${languages}" >}}`, ...tabs, "{{< /chooser >}}"].join("\n\n");
}

const formatBlock = (language: string, program: string): string => `\`\`\`${language}\n${program}\`\`\``;

const programs = (names: PackageNames): Readonly<Record<ProgramLanguage, string>> => ({
  typescript: `import { RedisInstancePassword } from "${names.nodejs}";

const cache = new RedisInstancePassword("cache", {
  instanceId: "crs-5a4py64p",
  password: process.env.REDIS_PASSWORD!,
  region: "ap-guangzhou",
});

export const taskId = cache.taskId;
`,
  python: `import os

import pulumi
import ${names.python} as tencentcloud_redis

cache = tencentcloud_redis.RedisInstancePassword(
    "cache",
    instance_id="crs-5a4py64p",
    password=os.environ["REDIS_PASSWORD"],
    region="ap-guangzhou",
)

pulumi.export("taskId", cache.task_id)
`,
  go: `package main

import (
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"${names.go}"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		cache, err := tencentcloudredis.NewRedisInstancePassword(ctx, "cache", &tencentcloudredis.RedisInstancePasswordArgs{
			InstanceId: pulumi.String("crs-5a4py64p"),
			Password:   pulumi.String(os.Getenv("REDIS_PASSWORD")),
			Region:     pulumi.String("ap-guangzhou"),
		})
		if err != nil {
			return err
		}
		ctx.Export("taskId", cache.TaskId)
		return nil
	})
}
`,
  // A YAML program cannot read the environment.
  yaml: `name: redis-password
runtime: yaml
config:
  redisPassword:
    type: string
    secret: true
resources:
  cache:
    type: tencentcloud-redis:RedisInstancePassword
    properties:
      instanceId: crs-5a4py64p
      password: \${redisPassword}
      region: ap-guangzhou
outputs:
  taskId: \${cache.taskId}
`,
});
