/** What Pulumi's engine puts in a preview for a value that only an update will know. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
