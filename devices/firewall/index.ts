/** The hardware firewall in front of the CRS. */
export { FIREWALL_CODES } from './errors.ts';
export { Firewall } from './firewall.ts';
export { ACTIONS, parseRule, ruleText, type Action } from './rule.ts';
