/** The files for other machines that the documentation shows, read as those machines would: what they start is a command with those options. */
import { readFileSync } from 'node:fs';
import test from 'ava';
import { parseDocument } from 'yaml';
import { redisAddress } from '../scenarios/host/redis/index.ts';
import { PASSWORD_VARIABLE } from '../scenarios/host/redis/redis-address.ts';
import { worker } from './commands/worker.ts';

const PAGE = readFileSync('docs/scale.md', 'utf8');

function example(at: number): ReturnType<ReturnType<typeof parseDocument>['toJS']> {
  const [, text = ''] = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)][at] ?? [];
  const document = parseDocument(text, { strict: true, uniqueKeys: true });
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS();
}

function isWorkerLine(line: string): boolean {
  const [tool, name, address = '', ...rest] = line.split(' ');
  const options = rest.filter((word) => word.startsWith('--'));
  redisAddress(address);
  return (
    tool === 'calldrill' && name === 'worker' && options.every((each) => worker.help.includes(`  ${each} `))
  );
}

test('the compose file starts a Redis and workers', (t) => {
  const { services } = example(0);
  t.true(isWorkerLine(services.worker.command));
  t.is(new URL(services.worker.command.split(' ')[2]).hostname, 'redis');
  t.deepEqual(services.worker.depends_on, ['redis']);
});

test('the deployment of Kubernetes starts workers, with the password from a secret', (t) => {
  const { spec, kind } = example(1);
  t.is(kind, 'Deployment');
  t.deepEqual(spec.selector.matchLabels, spec.template.metadata.labels);
  const [container] = spec.template.spec.containers;
  t.true(isWorkerLine(container.command.join(' ')));
  t.deepEqual(
    container.env.map(({ name }: { readonly name: string }) => name),
    [PASSWORD_VARIABLE],
  );
});

test('a line with an option that no worker has is none', (t) => {
  t.false(isWorkerLine('calldrill worker redis://lab --threads 4'));
  t.throws(() => isWorkerLine('calldrill worker lab'), { code: 'QUEUE_URL' });
});
