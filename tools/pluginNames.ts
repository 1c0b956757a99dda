import { ownNamespace } from "../provider/resource/settingNames";

/** What the package is called in the languages of Pulumi, and where it is published. */
export interface PackageNames {
  readonly repository: string;
  /** What a Go program imports. */
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
    // As Pulumi's generators name a package without a namespace. Not the name of the npm package: a program may have both.
    nodejs: `@pulumi/${ownNamespace}`,
    python: "pulumi_tencentcloud_redis",
  };
}

/** Returns the web address of a file of this repository, for pages that are shown elsewhere. */
export const fileUrl = ({ repository }: PackageNames, file: string): string => `${repository}/blob/main/${file}`;
