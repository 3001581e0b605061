/** The devices and the account that are in every world without being declared; a scenario may declare further ones. */
export const CMS = 'cms';
export const CRS = 'crs';
export const MDM = 'mdm';
/** The console of the simulated network itself. */
export const NET = 'net';
export const ACCOUNT = 'hq';

/** Who looks after the MDM. */
export const MDM_ADMINISTRATOR = 'mdm-admin';
