/** The account (UIN) that this cloud belongs to, with all its keys. */
export const account = "100000000001";
