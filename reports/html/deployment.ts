/** The deployment: which file it was, what became of its waivers, what it declares of the catalogue, and its targets. */
import type { DeploymentCheck, DeploymentResult } from '../../scenarios/evidence/model.ts';
import { worstFirst } from '../tally.ts';
import { checkAnchor } from './anchors.ts';
import { verdictBadge } from './badges.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { row, table } from './table.ts';

/** Nothing without a deployment. */
export function deploymentSection(deployment: DeploymentResult | undefined): Content {
  if (deployment === undefined) return undefined;
  const { name, file, sha256, asOf, waivers, declares, targets } = deployment;
  return markup`<section aria-labelledby="deployment"><h2 id="deployment">Deployment</h2>
<p><code>${name}</code>, from <code>${file}</code> (SHA-256 <code>${sha256}</code>). Waivers are looked at as of ${asOf}. A waiver closes no exposure: what an attacker could do is listed whether it is waived or not.</p>
${checks('Waivers', waivers)}
${checks('Declared', declares)}
${
  targets.length > 0 &&
  table({
    caption: 'Targets',
    heads: ['Target', 'Value', 'Declared at'],
    rows: targets.map((target) =>
      row(markup`<code>${target.name}</code>`, [target.value, markup`<code>${target.source}</code>`]),
    ),
  })
}
</section>`;
}

function checks(caption: string, list: readonly DeploymentCheck[]): Markup | false {
  return (
    list.length > 0 &&
    table({
      caption,
      heads: ['Check', 'Verdict', 'Why', 'Written at'],
      rows: list
        .toSorted(worstFirst)
        .map((check) =>
          row(
            check.title,
            [verdictBadge(check.verdict), check.why, markup`<code>${check.source}</code>`],
            markup` id="${checkAnchor({ check })}"`,
          ),
        ),
    })
  );
}
