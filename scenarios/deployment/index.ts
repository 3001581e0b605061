/** Deployment files: what an organisation has decided and recorded. Start at `deployment.ts` (what one is), then `load.ts`. */
export type * from './deployment.ts';
export { CERTIFICATE_PART, DECLARED_PARTS } from './declared-parts.ts';
export { isDeployment, loadDeployment, type DeploymentWords } from './load.ts';
export { deploymentSchema } from './schema.ts';
export { targetDurationsOf } from './target-durations.ts';
export { STATEMENTS } from './words.ts';
