/**
 * Returns an error without a stack: Pulumi prints the stack of an error in check, diff or read, which would hide the
 * message.
 */
export const sentence = (text: string): Error => Object.assign(new Error(text), { stack: "" });
