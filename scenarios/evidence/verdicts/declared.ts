/**
 * What a deployment file declares of the catalogue: whether references are held and at which issue, the record of the certificate, and statements
 * about what cannot be shown here. Each is a check of its own, with the line that it rests on; what the file does not say was not tested.
 */
import { REFERENCES, type NamedReference } from '../../catalogue/references.ts';
import { CERTIFICATE_PART, STATEMENTS } from '../../deployment/index.ts';
import type { DeclaredReference, DeploymentFile } from '../../deployment/index.ts';
import type { Where } from '../../../sim/errors.ts';
import type { DeploymentCheck, Verdict } from '../model.ts';
import { sourceOf } from './check.ts';

/** What was found of one part, and where. */
interface Declaration {
  readonly verdict: Verdict;
  readonly why: string;
  readonly where?: Where;
}

/** One check for each thing that the catalogue asks of a deployment file alone, in the order of the file, as of a day like `2015-12-01`. */
export function declarationsOf(
  deployment: DeploymentFile,
  asOf = deployment.validOn.text,
): readonly DeploymentCheck[] {
  const { file, references, certificate, statements } = deployment;
  const check = (
    id: string,
    title: string,
    part: string,
    found: Declaration | undefined,
  ): DeploymentCheck => {
    const { verdict, why, where } = found ?? {
      verdict: 'not-tested',
      why: `${id} is not declared in ${file}`,
    };
    return {
      ...{ id, title, parts: [{ part, verdict, why }], verdict, why },
      source: where === undefined ? file : sourceOf(where),
    };
  };
  return [
    ...Object.entries(REFERENCES).flatMap(([letter, named]) => {
      const id = `references.${letter}`;
      const declared = references.find(({ name }) => name === letter);
      const status = check(id, `${named.title}: declared`, named.part, declared && statusOf(declared, named));
      if (named.revision === undefined) return [status];
      const revision = declared && revisionOf(declared, named);
      return [status, check(`${id}.issue`, `${named.title}: revision`, named.revision, revision)];
    }),
    check(
      'certificate',
      'record of the certificate',
      CERTIFICATE_PART,
      certificate && certified(certificate, asOf),
    ),
    ...Object.entries(STATEMENTS).map(([name, part]) => {
      const statement = statements.find((each) => each.name === name);
      const found = statement && {
        ...{ verdict: 'pass' as const, why: `stated: ${statement.text}`, where: statement.where },
      };
      return check(`declared.${name}`, `statement: ${name}`, part, found);
    }),
  ];
}

/** A certificate that is void by that day, by its own date or because it was revoked, certifies nothing. */
function certified(
  { number, product, version, expires, revoked, where }: NonNullable<DeploymentFile['certificate']>,
  asOf: string,
): Declaration {
  const why = `certificate ${number} of ${product} ${version}, expires ${expires.text}`;
  if (revoked !== undefined && revoked.text <= asOf)
    return { verdict: 'fail', why: `${why}, was revoked on ${revoked.text}`, where };
  if (expires.text <= asOf) return { verdict: 'fail', why: `${why}, and it is ${asOf}`, where };
  return { verdict: 'pass', why: `${why}, not revoked by ${asOf}`, where };
}

/** A reference whose status is told; one that is held at another issue than the named one, and no reason given, fails. */
function statusOf(declared: DeclaredReference, named: NamedReference): Declaration {
  const { status, where, assumption } = declared;
  if (status === 'held') return issueOf(declared, named);
  const why = status === 'public' ? 'public' : `not obtainable; assumed: ${assumption ?? ''}`;
  return { verdict: 'pass', why, where };
}

/** Of one that is not held no revision is known. */
function revisionOf(declared: DeclaredReference, named: NamedReference): Declaration {
  const { status, where } = declared;
  return status === 'held'
    ? issueOf(declared, named)
    : { verdict: 'not-tested', why: `it is ${status}, so no revision is declared`, where };
}

function issueOf(
  { issue = '', kept = '', reason, where }: DeclaredReference,
  named: NamedReference,
): Declaration {
  const held = `held: ${issue}, kept: ${kept}`;
  if (named.issue === undefined || named.issue === issue) return { verdict: 'pass', why: held, where };
  const other = `${held}; the document names ${named.issue}`;
  return reason === undefined
    ? { verdict: 'fail', why: `${other}, and no reason is given`, where }
    : { verdict: 'pass', why: `${other}; reason: ${reason}`, where };
}
