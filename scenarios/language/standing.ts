/** The devices and the account that are in every world without being declared. */
export const CMS = 'cms';
export const CRS = 'crs';
export const MDM = 'mdm';
/** The console of the simulated network itself. */
export const NET = 'net';
export const ACCOUNT = 'hq';

/** The people who are in every world. */
export const OPERATOR = 'cms-operator';
export const ADMINISTRATOR = 'crs-admin';
export const MDM_ADMINISTRATOR = 'mdm-admin';
export const NET_ADMINISTRATOR = 'net-admin';
