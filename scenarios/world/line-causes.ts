/**
 * Events that nothing but a typed line leads to, with the first word of that line; each line leads to one of them at most. What a device, an attack or the
 * calendar may bring about by itself is not here.
 */
export const LINE_CAUSES: Readonly<Record<string, string>> = {
  'cms.disc-burnt': 'burn-disc',
  'cms.keys-destroyed': 'destroy-keys',
  'cms.user-added': 'add-user',
  'cms.store-compared': 'store',
  'cms.cable-plugged': 'plug-cable',
  'mdm.wipe-ordered': 'wipe',
  'crs.disc-loaded': 'load-disc',
  'crs.log-checked': 'check-log',
  'crs.user-blocked': 'block-user',
  'crs.user-unblocked': 'unblock-user',
  'person.carried': 'carry',
  'person.destroyed': 'destroy',
  'person.told': 'tell',
};
