/** Tells what time it is in the cloud. Neither timers nor the request quota go by it: they are real everywhere. */
export type Clock = () => Date;

export const realClock: Clock = () => new Date();
