/**
 * The emulated devices. Start at `handset/` (whoever has read one device finds their way in all of them: `machine.ts` is its
 * manual, `console.ts` what can be typed), then `console/` and `rules.ts`.
 */
export { Attacker, ATTACK_CODES } from './attacker/index.ts';
export { Cms, CMS_CODES } from './cms/index.ts';
export { Console, CONSOLE_CODES } from './console/index.ts';
export { Crs, CRS_CODES } from './crs/index.ts';
export { DEPLOYMENT_PARAMETERS, deploymentOf, type Deployment } from './deployment.ts';
export { Firewall, FIREWALL_CODES } from './firewall/index.ts';
export { Handset, HANDSET_CODES } from './handset/index.ts';
export { HARDWARE_CODES } from './hardware/index.ts';
export { Mdm, MDM_CODES } from './mdm/index.ts';
export { MEDIA_CODES } from './media/index.ts';
export { Rules, type RuleName } from './rules.ts';
