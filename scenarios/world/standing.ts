/** The devices and the account that are in every world without being declared. */
export const CMS = 'cms';
export const CRS = 'crs';
export const MDM = 'mdm';
export const ACCOUNT = 'hq';

/** The people who are in every world. */
export const OPERATOR = 'cms-operator';
export const ADMINISTRATOR = 'crs-admin';
export const MDM_ADMINISTRATOR = 'mdm-admin';
