/** The mobile device management server. */
export { mdmConsole } from './console.ts';
export { Mdm } from './mdm.ts';
export { decodeWipeMessage, encodeWipeMessage, MDM_AGENT_PORT, MDM_CODES } from './wipe-message.ts';
