/** Where everything is that all measurements need. */
export interface Place {
  /** The folder of the Pulumi CLI. */
  readonly engine: string;
  /** The folder in which the packed tarball is installed. */
  readonly installed: string;
}
