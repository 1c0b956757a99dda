/** The value in a preview by which Pulumi's engine represents a value that is not known yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
