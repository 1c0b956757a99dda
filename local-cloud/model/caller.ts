/** The Tencent Cloud account (UIN) that this cloud's instances belong to. */
export const ownAccountId = "100000000001";

/** The owner of the key that a request is signed with. */
export interface Caller {
  /** The UIN of its Tencent Cloud account. */
  readonly accountId: string;
  /** The role that its key was issued for. */
  readonly role?: AssumedRole;
}

interface AssumedRole {
  readonly roleId: string;
  readonly sessionName: string;
}
