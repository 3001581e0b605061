/** Procedures in the reports: what was to be done, what became of it, and nothing when none is performed. */
import test from 'ava';
import type { SuiteResult } from '../scenarios/evidence/model.ts';
import { parseSuite } from '../scenarios/evidence/parse-suite.ts';
import { htmlReport } from './html/page.ts';
import { reportJson } from './json.ts';
import { SAMPLE, SAMPLE_EVENTS } from './sample.fixture.ts';
import { terminalReport } from './terminal.ts';

const WIDE = { columns: 120, colour: false, unicode: false, details: true };
const NO_FILES = { events: SAMPLE_EVENTS, files: new Map<string, number>() };

/** The sample as if it performed no procedures. */
const WITHOUT: SuiteResult = {
  ...SAMPLE,
  scenarios: SAMPLE.scenarios.map((scenario) => ({
    ...scenario,
    variants: scenario.variants.map(({ procedures: _none, ...variant }) => variant),
  })),
};

test('the terminal has a check list with what became of each step', (t) => {
  const report = terminalReport(SAMPLE, WIDE);
  for (const line of [
    '    Procedures',
    '      recovery: Client recovery (client-recovery)',
    '        2015-10-14 09:11:00Z to 2015-10-14 10:00:00Z, given up after recovery.destroy',
    '        [x] tell: done 2015-10-14 09:12:00Z',
    '            not in the text: the text does not say <who> tells them',
    '        [!] wipe: failed: not done in time',
    '            mdm-admin: mdm: wipe alice-phone',
    '        [x] warn, instead of wipe: done 2015-10-14 09:40:00Z by bob',
    '        [!] block: done late 2015-10-14 09:20:00Z',
    '        [-] destroy: skipped: the variant omits it',
    '        [-] look: not applicable: a code is on no phone',
    '        [-] repeat: not needed',
    '        [-] write: given up',
    '        [ ] ask: not done',
    '        Deviation: began although it was not so that: the lead was told',
    '        not performed: optional, and not asked for',
  ])
    t.true(report.split('\n').includes(line), `${line}\n${report}`);
  t.false(terminalReport(WITHOUT, WIDE).includes('Procedures'));
});

test('the page has them too, escaped, and open where something was not as it was to be', (t) => {
  const page = htmlReport(SAMPLE, NO_FILES);
  t.regex(page, /<details class="part" open><summary><h5 id="[^"]*">Procedures: 2<\/h5>/);
  t.true(page.includes('not in the text: the text does not say &lt;who&gt; tells them'));
  t.regex(
    page,
    /<span class="badge fail"><span aria-hidden="true">☒ <\/span>failed: not done in time<\/span>/,
  );
  t.regex(page, /<span class="badge pass"><span aria-hidden="true">☑ <\/span>done<\/span>/);
  t.false(htmlReport(WITHOUT, NO_FILES).includes('Procedures:'));
});

test('report.json has them, and they are read back as they were', (t) => {
  const again = parseSuite(reportJson(SAMPLE), 'report.json');
  const [first] = again.scenarios.flatMap(({ variants }) =>
    variants.flatMap(({ procedures }) => procedures ?? []),
  );
  t.is(first?.steps.length, 9);
  t.is(reportJson(again), reportJson(SAMPLE));
});
