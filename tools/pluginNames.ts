import { ownNamespace } from "../provider/resource/settings/settingNames";

/** The package's names in Pulumi's languages, and where it is published. */
export interface PackageNames {
  readonly repository: string;
  /** The import path for Go programs. */
  readonly go: string;
  readonly nodejs: string;
  readonly python: string;
}

/** @param repositoryUrl the `repository.url` of package.json */
export function packageNames(repositoryUrl: string): PackageNames {
  const repository = repositoryUrl.replace(/^git\+|\.git$/g, "");
  return {
    repository,
    go: `${repository.replace("https://", "")}/sdk/go/tencentcloudredis`,
    // The name that Pulumi's generators give to a package without a namespace. It differs from the npm package's name,
    // so that a program may use both.
    nodejs: `@pulumi/${ownNamespace}`,
    python: "pulumi_tencentcloud_redis",
  };
}

/** Returns the URL of a file in this repository, for pages that are shown elsewhere. */
export const fileUrl = ({ repository }: PackageNames, file: string): string => `${repository}/blob/main/${file}`;
