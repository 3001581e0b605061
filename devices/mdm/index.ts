/** The mobile device management server. */
export { mdmConsole } from './console.ts';
export { Mdm } from './mdm.ts';
export { decodeMdmMessage, encodeMdmMessage, MDM_AGENT_PORT, MDM_CODES } from './mdm-message.ts';
