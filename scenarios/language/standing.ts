/** The devices and the account that are in every world without being declared; a scenario may declare further ones. */
export const CMS = 'cms';
/** The signalling server that an account uses when it names no other; also the kind of such devices. */
export const CRS = 'crs';
/** The mobile device management, by which lost phones are wiped. */
export const MDM = 'mdm';
/** The console of the simulated network itself. */
export const NET = 'net';
/** The account of the cryptographic management system that users belong to when none is named. */
export const ACCOUNT = 'hq';

/** The check of every run that its lines are typed, and taken or refused as their steps say. */
export const STEPS_CHECK = 'steps-typed';
/** The check of every run that performs procedures: each comes to its end, and its steps are done or left out on purpose. */
export const PROCEDURES_CHECK = 'procedures-performed';
/** The check of every run with a planted violation that something notices it. */
export const PLANT_CHECK = 'plant-caught';

/** The check of an exercise that each line was typed when it was due. */
export const EXERCISE_LINES_CHECK = 'exercise-lines';
/** The check of an exercise that nobody was cut off for longer than by the screenplay. */
export const EXERCISE_SERVICE_CHECK = 'exercise-service';

/** Who looks after the MDM. */
export const MDM_ADMINISTRATOR = 'mdm-admin';
