/** Where events of procedures happen: on nobody's device, for they are what the exercise makes of what happened. */
export const PROCEDURES = 'procedures';
