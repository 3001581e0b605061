/** `calldrill clauses`: the matrix of clauses, checks, modality and scenarios with the last verdict of each part, or one clause in detail. */
import { nearest } from '../../devices/console/index.ts';
import { CATALOGUE, clauseOfPart, type CatalogueClause } from '../../scenarios/catalogue/clauses.ts';
import { matrixOf } from '../clauses/clause-matrix.ts';
import { clauseText } from '../clauses/clause-text.ts';
import { lastResults, type LastResults } from '../clauses/last-verdicts.ts';
import { matrixText, type JudgedRow } from '../clauses/matrix-text.ts';
import { flag, text, value } from '../command-line.ts';
import { command } from '../command.ts';
import { answer } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT } from '../exit-code.ts';
import { loadAll } from '../scenario-choice.ts';

/** What the document demands, and does not only advise or state. */
const MANDATORY: readonly string[] = ['must', 'shall'];

/** Reads the shipped scenarios and results, and runs nothing. */
export const clauses = command({
  name: 'clauses',
  summary: 'which check shows which part of which clause, and what it came to last',
  about: [
    'A row is a part of a check, the smallest thing that can be shown: how it is shown, its last verdict, and the scenarios whose checks show it, the entry of the deployment file that does, or the reason why nothing does.',
    'Verdicts are those of --results, or of results/ where that is, and are believed as reported: verify decides them again. `pass 3/9` is one to which but three of the nine runs that show the part were made.',
    'With the name of a clause, a check or a part, its parts are told in detail: every check with its variants, and the planted violations that it must notice.',
    'The exit code is 0, whatever the verdicts are.',
  ],
  operands: { placeholder: '[<clause>]', min: 0, max: 1 },
  options: {
    missing: flag('only parts that no check of a shipped scenario shows, each with its reason'),
    must: flag('only clauses that demand something: modality must or shall'),
    results: value(
      text('folder'),
      'verdicts of this results folder, bundle or report.json, or @name in baselines/',
    ),
  },
  examples: [
    { line: 'calldrill clauses', does: 'the whole matrix' },
    { line: 'calldrill clauses --missing', does: 'what nothing shows, and why' },
    {
      line: 'calldrill clauses --must --results nightly',
      does: 'what is demanded, as it came out in nightly',
    },
    { line: 'calldrill clauses para-32', does: 'one clause with its parts and checks' },
    { line: 'calldrill clauses para-32.c1/calls', does: 'one part' },
    { line: 'calldrill clauses --json', does: 'all of it, for a program' },
  ],
  errorExit: EXIT.unverified,
  run: async ({ missing, must, results: named }, [wanted], context) => {
    if (wanted !== undefined && (missing || must))
      throw cliError(
        'CLI_OPTION_CONFLICT',
        `${missing ? '--missing' : '--must'} is for the matrix, not for ${wanted}`,
      );
    const clause = wanted === undefined ? undefined : clauseNamed(wanted);
    const { library, stdout } = context;
    const screenplays = await loadAll(await library.shipped(), library);
    const results = await lastResults(named, screenplays, context);
    const all = matrixOf(CATALOGUE, screenplays).map((row): JudgedRow => ({
      ...row,
      last: results.verdictOf(row),
    }));
    const rows = all.filter(
      (row) =>
        (wanted === undefined || isOf(row, wanted)) &&
        (!must || MANDATORY.includes(row.modality)) &&
        (!missing || row.coverage.is !== 'bound'),
    );
    const { columns, colour, unicode } = stdout.terminal;
    const terminal = { ...(columns === undefined ? {} : { columns }), colour, unicode };
    return answer(context, { exitCode: EXIT.pass, results: toldResults(results), parts: rows }, () =>
      clause === undefined
        ? matrixText(rows, { results, all: all.length, terminal })
        : clauseText(clause, rows, { results, terminal }),
    );
  },
});

function toldResults({ name, notes }: LastResults): object {
  return { name: name ?? null, notes };
}

function isOf({ clause, check, part }: JudgedRow, wanted: string): boolean {
  return [clause, check, part].includes(wanted);
}

/** The clause of that name, or of the check or part of that name. Throws CLI_UNKNOWN_CLAUSE. */
function clauseNamed(wanted: string): CatalogueClause {
  const names = CATALOGUE.flatMap(({ id, checks }) => [
    id,
    ...checks.flatMap((check) => [check.id, ...check.parts.map((part) => part.id)]),
  ]);
  const clause = CATALOGUE.find(({ id }) => id === clauseOfPart(wanted));
  if (clause !== undefined && names.includes(wanted)) return clause;
  const near = nearest(wanted, names);
  throw cliError(
    'CLI_UNKNOWN_CLAUSE',
    `there is no clause, check or part '${wanted}'`,
    near === undefined ? {} : { fix: `Did you mean '${near}'?` },
  );
}
