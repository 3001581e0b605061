/** The key management system: the one place where master secrets live, and the one device without a network. */
export { cmsConsole } from './console.ts';
export { Cms } from './cms.ts';
export type { CmsOptions } from './options.ts';
export { CMS_CODES } from './errors.ts';
export type { Escrow } from './escrow.ts';
