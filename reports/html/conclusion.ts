/** The first page: three questions and what answers them, then each scenario with its matrix, then the clauses. */
import type { ScenarioResult, SuiteResult } from '../../scenarios/evidence/model.ts';
import type { Conclusion } from '../conclusion/conclusion.ts';
import { groundText, type Basis, type ConclusionLine } from '../conclusion/conclusion-line.ts';
import { checkAnchor, clauseAnchor, scenarioAnchor, variantAnchors } from './anchors.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { matrixTable } from './matrix.ts';

/** So many of what a sentence rests on are linked to; all of it is in the parts of the page that they lead to. */
const LINKED = 3;

/** The answers to what is asked first. */
export function conclusionSection({ outcome, exposed, unseen }: Conclusion): Markup {
  return markup`<section class="conclusion" aria-labelledby="conclusion"><h2 id="conclusion" class="hidden">Conclusion</h2>
${question('Did it come out as it must?', outcome)}
${question('What stayed open although the procedures were kept to?', exposed)}
${question('What was not looked at?', unseen)}
</section>`;
}

function question(title: string, sentences: readonly ConclusionLine[]): Content {
  if (sentences.length === 0) return undefined;
  return markup`<section class="question"><h3>${title}</h3>${list(sentences)}</section>
`;
}

/** What each scenario shows, and the matrix that shows it; then which clauses that says something of. */
export function findingSection(suite: SuiteResult, { scenarios, clauses }: Conclusion): Markup {
  return markup`<section aria-labelledby="findings"><h2 id="findings">What was protected, and what each order and error cost</h2>
${scenarios.map(({ sentences }, at) => {
  const scenario = suite.scenarios[at];
  return scenario && findingsOf(scenario, sentences);
})}
<section class="question"><h3>Clauses, by how binding they are</h3>${list(clauses)}</section>
</section>`;
}

function findingsOf(scenario: ScenarioResult, sentences: readonly ConclusionLine[]): Markup {
  return markup`<section class="finding"><h3>${scenario.title} <a href="#${scenarioAnchor(scenario.id)}"><code>${scenario.id}</code></a></h3>
${matrixTable(scenario)}
${sentences.length > 0 && list(sentences)}
</section>
`;
}

function list(sentences: readonly ConclusionLine[]): Markup {
  return markup`<ul>${sentences.map(
    ({ text, grounds }) => markup`<li>${text}${grounds.length > 0 && markup` ${restsOn(grounds)}`}</li>
`,
  )}</ul>`;
}

/** The first few that lead to different places, and how many there are beside these. */
function restsOn(grounds: readonly Basis[]): Markup {
  const places = [...new Map(grounds.map((ground) => [anchorOf(ground), groundText(ground)]))];
  const links = places.slice(0, LINKED).map(([anchor, text]) => markup`<a href="#${anchor}">${text}</a>`);
  const more = places.length - links.length;
  return markup`<span class="grounds">[${joined(links, ', ')}${more > 0 && ` and ${more} more`}]</span>`;
}

function anchorOf(ground: Basis): string {
  switch (ground.kind) {
    case 'check':
    case 'probe':
      return checkAnchorOf(ground);
    case 'exposure':
      return variantAnchors(ground.scenario, ground.variant).part('exposure');
    case 'run':
      return variantAnchors(ground.scenario, ground.variant).variant;
    case 'row':
      return scenarioAnchor(ground.scenario);
    case 'clause':
      return clauseAnchor(ground.id);
  }
}

function checkAnchorOf({ scenario, variant, id }: Extract<Basis, { kind: 'check' | 'probe' }>): string {
  return checkAnchor({
    ...(scenario === undefined ? {} : { scenario: { id: scenario } }),
    ...(variant === undefined ? {} : { variant: { name: variant } }),
    check: { id },
  });
}
