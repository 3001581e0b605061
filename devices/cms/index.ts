/** The key management system: the one place where master secrets live, and the one device without a network. */
export { cmsConsole } from './console.ts';
export { Cms, type CmsOptions } from './cms.ts';
export { CMS_CODES } from './errors.ts';
export type { Escrow } from './escrow.ts';
