/**
 * In which times a user could not call: a pure function of a trace. Somebody can call who has a phone in hand that is registered, is not
 * shielded, and whose user the CRS has not blocked. A phone that has lost its server counts from when either of the two noticed.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, EventNumber, TraceEvent } from '../../../sim/trace.ts';
import '../../../devices/crs/events.ts';
import '../../../devices/handset/events.ts';

/** From which event on somebody could not call, and until when. */
export interface CutOff {
  readonly from: Micros;
  readonly to: Micros;
  readonly lasts: boolean;
  /** What it began with; 0 when it was so when the measuring began. */
  readonly event: EventNumber;
  readonly why: string;
}

/** A phone, as far as it matters whether somebody can call with it. */
interface ServedPhone {
  holder: string;
  /** The user that it is registered as; undefined while it is not. */
  serves: string | undefined;
  shielded: boolean;
}

/** What is known of a user at the server. */
interface ServedAccount {
  blocked: boolean;
  sessions: number;
}

/** For each user, in their order, the times between `since` and `ends` in which they could not call. */
export function cutOffs(
  events: readonly AnyTraceEvent[],
  users: readonly string[],
  { since, ends }: { readonly since: Micros; readonly ends: Micros },
): ReadonlyMap<string, readonly CutOff[]> {
  const service = new ServiceWatch();
  const open = new Map<string, Omit<CutOff, 'to' | 'lasts'>>();
  const times = new Map(users.map((user): [string, CutOff[]] => [user, []]));
  const look = (event: Pick<AnyTraceEvent, 'n' | 't'>, why: string): void => {
    for (const user of users) {
      const before = open.get(user);
      const can = service.canCall(user);
      if (!can && before === undefined) open.set(user, { from: event.t, event: event.n, why });
      if (!can || before === undefined) continue;
      open.delete(user);
      if (event.t > before.from) times.get(user)?.push({ ...before, to: event.t, lasts: false });
    }
  };
  let begun = false;
  const begin = (): void => {
    begun = true;
    look({ n: 0, t: since }, 'not in service from the beginning on');
  };
  for (const event of events) {
    if (!begun && event.t > since) begin();
    const why = service.heed(event);
    if (begun && why !== undefined) look(event, why);
  }
  if (!begun) begin();
  for (const [user, cut] of open)
    if (ends > cut.from) times.get(user)?.push({ ...cut, to: ends, lasts: true });
  return times;
}

/** Follows a trace, and knows at any moment who can call. */
class ServiceWatch {
  readonly #phones = new Map<string, ServedPhone>();
  readonly #accounts = new Map<string, ServedAccount>();
  /** Lines by the number of their event: whether a seizure left the phone where it was. */
  readonly #lines = new Map<EventNumber, string>();

  canCall(user: string): boolean {
    if (this.#accounts.get(user)?.blocked === true) return false;
    return [...this.#phones.values()].some(
      ({ holder, serves, shielded }) => holder === user && serves === user && !shielded,
    );
  }

  /** What has changed, in words; undefined when nothing that matters has. */
  heed(event: AnyTraceEvent): string | undefined {
    switch (event.type) {
      case 'console.typed':
        this.#lines.set(event.n, event.data.line);
        return undefined;
      case 'handset.registered':
        this.#phone(event.on, event.data.user).serves = event.data.user;
        return `${event.on} is registered`;
      case 'handset.offline':
        return this.#lost(event, `${event.on} lost its server (${event.data.reason})`);
      case 'handset.refused':
        return this.#lost(event, `${event.on} was refused by its server (${event.data.reason})`);
      case 'handset.awaiting-keys':
        return this.#lost(event, `${event.on} has no keys of ${event.data.period}`);
      case 'handset.powered-off':
        return this.#lost(event, `${event.on} was switched off`);
      case 'handset.wiped':
        return this.#lost(event, `${event.on} was wiped`);
      default:
        return this.#atServer(event) ?? this.#inHands(event);
    }
  }

  #atServer(event: AnyTraceEvent): string | undefined {
    switch (event.type) {
      case 'crs.session-opened':
        this.#account(event.data.user).sessions++;
        return undefined;
      case 'crs.session-closed': {
        const account = this.#account(event.data.user);
        account.sessions = Math.max(0, account.sessions - 1);
        if (account.sessions > 0) return undefined;
        return this.#unserved(event.data.user, `the session ended (${event.data.reason})`);
      }
      case 'crs.registration-ended':
        if (this.#account(event.data.user).sessions > 1) return undefined;
        return this.#unserved(event.data.user, `the registration ended (${event.data.reason})`);
      case 'crs.user-blocked':
        this.#account(event.data.user).blocked = true;
        return this.#unserved(event.data.user, 'blocked');
      case 'crs.user-unblocked':
        this.#account(event.data.user).blocked = false;
        return 'not blocked any more';
      default:
        return undefined;
    }
  }

  #inHands(event: AnyTraceEvent): string | undefined {
    switch (event.type) {
      case 'person.carried':
        return this.#moved(event.data.thing, event.data.to, `${event.data.thing} was given away`);
      case 'person.scanned':
        return this.#moved(event.data.phone, event.data.by, `${event.data.by} has ${event.data.phone}`);
      case 'person.seized': {
        const left = this.#lines.get(event.cause)?.includes(' --leave-it') === true;
        const { device, by } = event.data;
        return left ? undefined : this.#moved(device, by, `${device} was taken`);
      }
      case 'person.shielded': {
        const phone = this.#phones.get(event.data.device);
        if (phone === undefined) return undefined;
        phone.shielded = event.data.shielded;
        return `${event.data.device} is out of reach`;
      }
      default:
        return undefined;
    }
  }

  /** Until it is seen in other hands a phone is in those of its user. */
  #phone(name: string, user: string): ServedPhone {
    const phone = this.#phones.get(name) ?? { holder: user, serves: undefined, shielded: false };
    this.#phones.set(name, phone);
    return phone;
  }

  #account(user: string): ServedAccount {
    const account = this.#accounts.get(user) ?? { blocked: false, sessions: 0 };
    this.#accounts.set(user, account);
    return account;
  }

  #lost(
    { on, data: { user } }: TraceEvent<'handset.wiped' | 'handset.powered-off'> | Lost,
    why: string,
  ): string {
    this.#phone(on, user).serves = undefined;
    return why;
  }

  /** None of the phones of a user is served any more. */
  #unserved(user: string, why: string): string {
    for (const phone of this.#phones.values()) if (phone.serves === user) phone.serves = undefined;
    return why;
  }

  /** A phone that was never heard of may be carried too: it is new. */
  #moved(thing: string, holder: string, why: string): string {
    const phone = this.#phones.get(thing);
    if (phone === undefined) this.#phones.set(thing, { holder, serves: undefined, shielded: false });
    else phone.holder = holder;
    return why;
  }
}

/** What a phone says when it has no service. */
type Lost = TraceEvent<'handset.offline' | 'handset.refused' | 'handset.awaiting-keys'>;
