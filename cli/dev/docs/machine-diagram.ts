/**
 * A statechart as a mermaid diagram, from the config that XState runs. Mermaid cannot draw an arrow from a state to itself
 * or to a state inside it when it has states inside, so those transitions stand below the diagram as text.
 */
import { table } from './markdown.ts';

/** The part of an XState config that is drawn. Everything in it is named, so everything in it can be printed. */
export interface StateConfig {
  readonly id?: unknown;
  readonly initial?: unknown;
  readonly type?: unknown;
  readonly states?: Readonly<Record<string, StateConfig>> | undefined;
  readonly on?: unknown;
  readonly after?: unknown;
  readonly always?: unknown;
  readonly entry?: unknown;
  readonly exit?: unknown;
}

interface Arrow {
  readonly from: string;
  /** Undefined for a transition that leaves the state as it is. */
  readonly to: string | undefined;
  readonly label: string;
}

const ROOT = '';
const MACHINE = 'machine';

/** Markdown: the diagram, then the transitions it cannot draw, then what states do on entry and exit. */
export function diagramOf(config: StateConfig): string {
  const arrows = arrowsIn(config, ROOT);
  const drawn = arrows.filter((arrow) => isDrawn(arrow, config));
  const told = arrows.filter((arrow) => !isDrawn(arrow, config));
  const duties = dutiesIn(config, ROOT);
  return [
    ['```mermaid', 'stateDiagram-v2', ...outermost(config, drawn), '```'].join('\n'),
    ...(told.length === 0
      ? []
      : [
          told
            .map(({ from, to, label }) =>
              to === undefined
                ? `- in ${called(from)}: ${label}`
                : `- anywhere in ${called(from)}: ${label} → \`${last(to)}\``,
            )
            .join('\n'),
        ]),
    ...(duties.length === 0 ? [] : [table(['State', 'On entry', 'On exit'], duties)]),
  ].join('\n\n');
}

function called(path: string): string {
  return path === ROOT ? 'the machine' : `\`${last(path)}\``;
}

/** Mermaid divides a state into regions, but not the diagram: a machine of regions is drawn as a state. */
function outermost(config: StateConfig, arrows: readonly Arrow[]): readonly string[] {
  if (config.type !== 'parallel') return body(config, ROOT, arrows, 1);
  return [`  state "${String(config.id)}" as ${MACHINE} {`, ...body(config, ROOT, arrows, 2), '  }'];
}

/** Lines of the states inside `path`, each with its own inside it. */
function body(config: StateConfig, path: string, arrows: readonly Arrow[], depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  const states = Object.entries(config.states ?? {});
  const parallel = config.type === 'parallel';
  const lines = states.flatMap(([name, state], index) => {
    const inside = join(path, name);
    const separator = parallel && index > 0 ? [`${indent}--`] : [];
    if (state.states === undefined) return [...separator, `${indent}state "${name}" as ${idOf(inside)}`];
    return [
      ...separator,
      `${indent}state "${name}" as ${idOf(inside)} {`,
      ...body(state, inside, arrows, depth + 1),
      `${indent}}`,
    ];
  });
  const initial =
    typeof config.initial === 'string' ? [`${indent}[*] --> ${idOf(join(path, config.initial))}`] : [];
  const own = arrows
    .filter(({ from }) => parentOf(from) === path)
    .map(({ from, to = '', label }) => `${indent}${idOf(from)} --> ${idOf(to)}: ${label}`);
  const ends = states
    .filter(([, state]) => state.type === 'final')
    .map(([name]) => `${indent}${idOf(join(path, name))} --> [*]`);
  return [...lines, ...initial, ...own, ...ends];
}

function isDrawn({ from, to }: Arrow, root: StateConfig): boolean {
  if (to === undefined || from === ROOT) return false;
  const hasStates = at(root, from)?.states !== undefined;
  return !(hasStates && (to === from || to.startsWith(`${from}.`)));
}

function arrowsIn(config: StateConfig, path: string): readonly Arrow[] {
  const own = [
    ...transitionsOf(config.on).map(([event, transition]) => arrowOf(path, event, transition)),
    ...transitionsOf(config.after).map(([delay, transition]) => arrowOf(path, `after ${delay}`, transition)),
    ...transitionsOf({ always: config.always }).map(([, transition]) => arrowOf(path, '', transition)),
  ];
  return [
    ...own,
    ...Object.entries(config.states ?? {}).flatMap(([name, state]) => arrowsIn(state, join(path, name))),
  ];
}

function arrowOf(from: string, event: string, transition: unknown): Arrow {
  const plain = typeof transition === 'string' ? { target: transition } : transition;
  const { target, guard, actions } = fieldsOf(plain);
  const named = namesOf(actions);
  const label = [
    event,
    ...(guard === undefined ? [] : [`[${namesOf(guard).join(', ')}]`]),
    ...(named.length === 0 ? [] : [`/ ${named.join(', ')}`]),
  ].filter((part) => part !== '');
  const to = typeof target === 'string' ? targetOf(from, target) : undefined;
  return { from, to, label: label.length === 0 ? 'otherwise' : label.join(' ') };
}

/** `.child` is inside the state, any other name stands beside it. */
function targetOf(from: string, target: string): string {
  return target.startsWith('.') ? join(from, target.slice(1)) : join(parentOf(from), target);
}

function transitionsOf(table: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(fieldsOf(table)).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((transition: unknown) => [name, transition] as const),
  );
}

function dutiesIn(config: StateConfig, path: string): readonly (readonly string[])[] {
  const own = [namesOf(config.entry), namesOf(config.exit)];
  const row = own.some((names) => names.length > 0)
    ? [[called(path), ...own.map((names) => names.map((name) => `\`${name}\``).join(', '))]]
    : [];
  return [
    ...row,
    ...Object.entries(config.states ?? {}).flatMap(([name, state]) => dutiesIn(state, join(path, name))),
  ];
}

/** `endCall (reason: refused)` for an action with parameters. */
function namesOf(actions: unknown): readonly string[] {
  if (actions === undefined) return [];
  return [actions].flat().map((action: unknown) => {
    if (typeof action === 'string') return action;
    const { type, params } = fieldsOf(action);
    const given = Object.entries(fieldsOf(params)).map(([name, value]) => `${name} ${String(value)}`);
    return given.length === 0 ? String(type) : `${String(type)} (${given.join(', ')})`;
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function at(root: StateConfig, path: string): StateConfig | undefined {
  return path.split('.').reduce<StateConfig | undefined>((state, name) => state?.states?.[name], root);
}

function join(path: string, name: string): string {
  return path === ROOT ? name : `${path}.${name}`;
}

function parentOf(path: string): string {
  return path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : ROOT;
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function idOf(path: string): string {
  return path.replaceAll('.', '_');
}
