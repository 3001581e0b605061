/** `calldrill show --procedures`, with the procedures that ship. */
import test from 'ava';
import { installedLibrary } from '../library.ts';
import { checkSheetOf } from '../show/check-sheet.ts';
import { sheetPage } from '../show/sheet-page.ts';
import { sheetMarkdown, sheetText } from '../show/sheet-text.ts';
import { type } from '../context.fixture.ts';

const library = installedLibrary();
const files = await library.procedures();

async function sheetOf(name: string) {
  const file = files.find((each) => each.name === name);
  const read = file && (await library.loadAny(file));
  if (read === undefined || !('procedure' in read)) throw new Error(`${name} is a procedure`);
  return checkSheetOf(read.procedure, ['lost-qr']);
}

const SCREEN = { columns: undefined, strong: (text: string) => text };

test('a check list says who types what where, what must be seen, and what the text leaves out', async (t) => {
  const text = sheetText(await sheetOf('remote-wipe'), SCREEN);
  for (const line of [
    'remote-wipe  Remote wipe\n',
    '\nRoles\n  mdm   mdm-admin\n',
    'order: mdm on mdm: wipe {phone} [para-30]\n',
    'see: mdm.wipe-ordered, phone {phone}\n',
    'within 15m\n',
    'look (optional): mdm on mdm: phones\n',
    'warn (not always): mdm: tell {told} no answer from {phone}\n',
    'only if acknowledged is not done in time\n',
    'hidden, not in the text: an order that is out is no containment\n',
    '\nScenarios\n  lost-qr\n',
  ])
    t.true(text.includes(line), `${line}\n${text}`);
});

test('a check list says what a scenario has to say of it, and how it performs others', async (t) => {
  const text = sheetText(await sheetOf('qr-recovery'), SCREEN);
  for (const line of [
    /^Performed with$/m,
    /^ {2}user +user, needed$/m,
    /^ {2}month +month, needed$/m,
    /^ {2}reason +text, otherwise code lost$/m,
    /^ {2}further-months +months, otherwise none$/m,
    /^ {2}paper +thing, may be left out$/m,
    /^ +lost is code$/m,
    /^ +with reissue, reissue\.to-manager, reissue\.proof$/m,
  ])
    t.regex(text, line);
  const sheet = await sheetOf('add-user');
  t.true(sheetMarkdown(sheet).includes('- `way`: screen or print'));
  t.regex(sheetMarkdown(sheet), /^- \[ \] \*\*\d+ print\*\* \(not always\)/m);
  t.true(sheetPage([sheet]).includes('<li><code>way</code>: screen or print'));
});

test('every shipped procedure has a list in each form, and nothing in it is markup of its own', async (t) => {
  for (const { name } of files) {
    const sheet = await sheetOf(name);
    t.true(sheet.rows.length > 0, name);
    t.is(sheetMarkdown(sheet).match(/^- \[ \] \*\*/gm)?.length, sheet.rows.length);
    const page = sheetPage([sheet]);
    t.is(page.match(/<td class="box">/g)?.length, sheet.rows.length);
    t.is(page.match(/<tr class="hidden">/g)?.length ?? 0, sheet.rows.filter(({ hidden }) => hidden).length);
    t.true(page.includes('@page { size: A4;'));
  }
  const [row] = (await sheetOf('remote-wipe')).rows;
  const sheet = {
    ...(await sheetOf('remote-wipe')),
    title: '<b>`x`*',
    rows: row === undefined ? [] : [{ ...row, what: 'a ``b' }],
  };
  t.true(sheetPage([sheet]).includes('<h1>&lt;b&gt;`x`*</h1>'));
  t.true(sheetMarkdown(sheet).startsWith('# \\<b\\>\\`x\\`\\* (remote-wipe)\n'));
  t.true(sheetMarkdown(sheet).includes('``` a ``b ```') || sheetMarkdown(sheet).includes('```a ``b```'));
});

test('what does not go together is refused, and so is what there is not', async (t) => {
  for (const [words, code] of [
    [['show'], 'CLI_OPERANDS'],
    [['show', 'short', '--procedures'], 'CLI_OPTION_CONFLICT'],
    [['show', 'short', '--format', 'html'], 'CLI_OPTION_CONFLICT'],
    [['show', '--procedures', 'remote-wipe', '--format', 'pdf'], 'CLI_OPTION_VALUE'],
    [['show', '--procedures', 'remote-wype'], 'CLI_UNKNOWN_PROCEDURE'],
    [['show', '--procedures', 'shipped/short.yaml'], 'CLI_UNKNOWN_PROCEDURE'],
  ] as const) {
    const { exit, stderr } = await type([...words]);
    t.is(exit, 2, words.join(' '));
    t.true(stderr.includes(code), stderr);
  }
});
