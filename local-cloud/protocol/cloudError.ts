/** An error with the service's wording. The response is HTTP 200 with this code and message in its envelope. */
export class CloudError extends Error {
  override readonly name = "CloudError";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
