/**
 * What a person notices: what others tell and bring them, and what shows by itself on the devices they hold or look after. The trace
 * knows far more than that; a trainee must not.
 */
import type { DeviceKind } from '../../devices/kind.ts';
import type { Notice, NoticeTable } from '../../devices/told.ts';
import type { AnyTraceEvent, TraceEvent, TraceType } from '../../sim/trace.ts';
import type { World } from '../world/index.ts';

/** What `role` notices of an event; undefined when that is nothing. */
export function noticed(world: World, role: string, event: AnyTraceEvent): string | undefined {
  switch (event.type) {
    case 'person.told':
      return event.data.to === role ? `${event.data.by} tells you: ${event.data.message}` : undefined;
    case 'person.carried':
      return event.data.to === role ? `${event.data.by} brings you ${event.data.thing}.` : undefined;
    case 'person.rang':
      return event.data.answered === role
        ? `${event.data.by} rings you on ${String(event.data.phone)}.`
        : undefined;
    case 'person.seized':
      // A copy that leaves the device where it was is not noticed.
      return event.data.from === role && !world.things.at(role).includes(event.data.device)
        ? `${event.data.device} is no longer with you.`
        : undefined;
    case 'person.took':
      return event.data.from === role && event.data.by !== role
        ? `${event.data.thing} is no longer with you.`
        : undefined;
    default:
      return shownBy(world, role, event);
  }
}

/** What the device that an event happened on shows of it to `role`. */
function shownBy(world: World, role: string, event: AnyTraceEvent): string | undefined {
  for (const kind of world.options.assets.kinds) {
    const notice = noticeOf(kind.told.notices ?? {}, event.type);
    if (notice === undefined || !isAudience(world, role, kind, notice.by, event.on)) continue;
    const text = textOf(notice, event);
    // Whoever acts by itself needs not be told where.
    if (text !== undefined) return notice.by === 'itself' ? text : `${event.on}: ${text}`;
  }
  return undefined;
}

function noticeOf<Type extends TraceType>(notices: NoticeTable, type: Type): Notice<Type> | undefined {
  return notices[type];
}

function textOf<Type extends TraceType>(notice: Notice<Type>, event: TraceEvent<Type>): string | undefined {
  return notice.text(event.data, event.on);
}

function isAudience(
  world: World,
  role: string,
  kind: DeviceKind,
  by: Notice<TraceType>['by'],
  on: string,
): boolean {
  switch (by) {
    case 'holder':
      return world.things.at(role).includes(on);
    case 'office':
      return kind.office?.(on) === role;
    case 'itself':
      return on === role;
  }
}
