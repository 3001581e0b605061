/**
 * The key management system. It makes the master secrets, adds users, shows and prints their QR codes, destroys keys and
 * burns the monthly disc. Its constructor takes no attachment: there is no way to give it a network (clause para-16-b1).
 */
import type { Kept } from '../../sim/kept.ts';
import type { Secret } from '../../sim/secret.ts';
import { canonicalNumber, nextPeriod, periodOf, type Period } from '../../network/mikey/index.ts';
import {
  DiscDrive,
  Paper,
  RealTimeClock,
  renderQr,
  type GrayImage,
  type InsertedDisc,
} from '../hardware/index.ts';
import { encodeQrPayload, secretsOfQr, type QrPayload } from '../media/index.ts';
import type { Physical } from '../physical.ts';
import type { Ports } from '../ports.ts';
import { Statechart } from '../statechart.ts';
import { backUp, restore, type BackupOptions } from './backup.ts';
import { burnPackages } from './burning.ts';
import { CodeDisplay } from './code-display.ts';
import { CmsCustody } from './custody.ts';
import { CmsDisk } from './disk.ts';
import { cmsError } from './errors.ts';
import { escrowOf, type Escrow } from './escrow.ts';
import './events.ts';
import type { CmsOptions } from './options.ts';
import { qrPayloadOf } from './issue.ts';
import { Infection } from './infection.ts';
import { Ledger } from './ledger.ts';
import { cmsMachine } from './machine.ts';
import { linesOfPrints, PrintRegister, type TypedPrint } from './print-register.ts';
import { screenOf } from './screen.ts';
import { SecondPerson } from './second-person.ts';
import type { CmsState } from './state.ts';
import { UserRegister } from './user-register.ts';
import type { TypedGrounds } from './typed-user.ts';
import type { Vault, VaultUser } from './vault.ts';

/**
 * The machine in the guarded room. Every method that issues something writes a line of the ledger and an event, and says
 * in one sentence what it did.
 */
export class Cms implements Physical, Kept<CmsState> {
  readonly name: string;
  readonly drive: DiscDrive;
  readonly #ports: Ports;
  readonly #options: CmsOptions;
  readonly disk: CmsDisk;
  readonly escrow: Escrow;
  readonly ledger: Ledger;
  readonly secondPerson: SecondPerson;
  readonly register: UserRegister;
  readonly #vault: Vault;
  readonly #custody: CmsCustody;
  readonly #clock: RealTimeClock;
  readonly #chart: Statechart<typeof cmsMachine>;
  readonly #infection: Infection;
  readonly #prints: PrintRegister;
  readonly #codes: CodeDisplay;
  #cable: boolean;

  constructor(ports: Ports, options: CmsOptions) {
    const { name, kept } = options;
    this.name = name;
    this.#ports = ports;
    this.#options = options;
    const right = { beginsUnixMs: ports.begins, driftPpm: options.clockDriftPpm ?? 0 };
    this.#clock = new RealTimeClock(ports.clock, right, kept?.clock);
    this.ledger = new Ledger(kept?.ledger, ports.deployment['cms-ledger']);
    this.secondPerson = new SecondPerson(ports, name, kept?.secondPerson);
    this.#custody = new CmsCustody(ports.trace, name, kept?.custody);
    this.disk = new CmsDisk(ports, this, { kind: options.disk, kept: kept?.disk });
    this.register = new UserRegister({
      ports,
      cms: name,
      ledger: this.ledger,
      custody: this.#custody,
      disk: this.disk,
      period: () => this.period,
      payloadOf: (user) => this.#payloadOf(user),
      kept: kept?.vault,
    });
    this.#vault = this.register.vault;
    this.escrow = escrowOf(this.#vault);
    if (kept === undefined) this.#custody.made(this.#vault.masterSecrets);
    this.#chart = new Statechart(cmsMachine, {
      clock: ports.clock,
      name: `cms:${name}`,
      input: undefined,
      kept: kept?.chart,
    }).start();
    this.#infection = new Infection(ports, name, kept?.infection);
    const onChange = (isIn: boolean): void => {
      this.#chart.send({ type: isIn ? 'DISC_INSERTED' : 'DISC_EJECTED' });
      if (this.drive.inserted !== undefined) this.#infection.reads(this.drive.inserted);
    };
    this.drive = new DiscDrive(name, onChange, kept?.drive);
    this.#prints = new PrintRegister(kept?.prints);
    this.#cable = kept?.cable ?? false;
    this.#codes = this.#display(kept?.shown);
  }

  #display(kept: CmsState['shown']): CodeDisplay {
    return new CodeDisplay({
      ports: this.#ports,
      cms: this.name,
      account: this.#options.account,
      custody: this.#custody,
      register: this.register,
      send: (event) => this.#chart.send(event),
      kept,
    });
  }

  save(): CmsState {
    return {
      vault: this.#vault.save(),
      ledger: this.ledger.save(),
      custody: this.#custody.save(),
      clock: this.#clock.save(),
      chart: this.#chart.save(),
      drive: this.drive.save(),
      shown: this.#codes.save(),
      prints: this.#prints.save(),
      cable: this.#cable,
      infection: this.#infection.save(),
      secondPerson: this.secondPerson.save(),
      disk: this.disk.save(),
    };
  }

  get period(): Period {
    return periodOf(this.#clock.unixMs());
  }

  get users(): readonly VaultUser[] {
    return this.#vault.users;
  }

  shownQr(): GrayImage | undefined {
    return this.#codes.image;
  }

  shownSecrets(): readonly Secret[] {
    return this.#codes.secrets;
  }

  /** A cable in its socket connects to nothing, and ought not to be there: the lamp of the socket is noticed (para-16-b1). */
  plugCable(plugged: boolean, by: string): void {
    if (this.#cable === plugged) return;
    this.#cable = plugged;
    this.#ports.trace.append(plugged ? 'cms.cable-plugged' : 'cms.cable-removed', this.name, { by });
  }

  /** Errors: CMS_OTHER_PERSON, CMS_LIVE_NUMBER, CMS_NO_REASON, CMS_NOTHING_TO_REISSUE, MIKEY_NUMBER_*. */
  addUser(number: string, name: string, grounds: TypedGrounds, by: string): string {
    return this.register.add(number, name, grounds, by);
  }

  /** Moves its clock, which says for which month codes are, and which month is the next. Errors: HARDWARE_CLOCK_RANGE. */
  setClock(byMs: number): string {
    this.#clock.step(byMs);
    const { period } = this;
    this.#ports.trace.append('cms.clock-set', this.name, { bySeconds: byMs / 1000, period });
    return `The clock is ${Math.abs(byMs) / 1000} s ${byMs < 0 ? 'behind' : 'ahead of'} what it was. The month is ${period}.`;
  }

  /** Its disk, as `by` copies it. Errors: CMS_ALONE. */
  extract(by: string): Uint8Array {
    return this.disk.image(by);
  }

  logLines(): readonly string[] {
    return this.ledger.entries.map((entry) => JSON.stringify(entry));
  }

  viewQr(number: string, by: string): string {
    this.register.typedBy(by);
    const user = this.register.toShow(this.#userOf(number));
    return this.#codes.showUser(user, this.#payloadOf(user), this.period);
  }

  /** Errors: CMS_TOO_MANY_USERS. */
  viewKms(by: string): string {
    this.register.typedBy(by);
    return this.#codes.showKms();
  }

  hideQr(): string {
    return this.#codes.hide();
  }

  printQr(number: string, { marking, reason }: TypedPrint, by: string): string {
    const user = this.#userOf(number);
    this.secondPerson.refuseAlone(by);
    this.register.typedBy(by);
    const payload = this.#payloadOf(user);
    const secrets = secretsOfQr(payload);
    const label = this.#prints.nextLabel(user.name);
    const paper = new Paper(label, renderQr(encodeQrPayload(payload)), marking, secrets);
    const on = { user: user.name, number: user.number, paper: label };
    const grounds = reason === undefined ? {} : { reason };
    this.#prints.add({ ...on, ...(marking === undefined ? {} : { marking }), ...grounds, closed: false });
    if (this.#ports.rules.holds('cms.ledgers-prints'))
      this.register.note('QR code printed', user.number, grounds);
    this.#ports.trace.append('cms.qr-printed', this.name, {
      ...on,
      marking: marking ?? null,
      reason: reason ?? null,
    });
    this.#custody.handOver('printed', secrets, paper.label);
    this.#options.printed(paper);
    return `${paper.label} is in the printer${marking === undefined ? ', without a marking' : `, marked ${marking}`}.`;
  }

  /** A print is reported as destroyed. Errors: CMS_NO_PRINT, CMS_PRINT_CLOSED. */
  closePrint(label: string, by: string): string {
    const { user, number, paper } = this.#prints.close(label);
    this.register.typedBy(by);
    this.register.note('print closed', paper);
    this.#ports.trace.append('cms.print-closed', this.name, { user, number, paper });
    return `The line of ${paper} is closed.`;
  }

  /** Lists the prints; those that are marked otherwise than the system asks for are counted. */
  listPrints(marking: string | undefined): readonly string[] {
    const found = this.#prints.find(marking);
    this.#ports.trace.append('cms.prints-listed', this.name, { ...found });
    return linesOfPrints(this.#prints.lines, found);
  }

  destroyKeys(number: string, by: string): string {
    return this.register.destroyKeys(this.#userOf(number), by);
  }

  /** Burns the packages of one month: of all users, or of those whose credentials changed since the last disc. */
  burnDisc(period: Period | undefined, changedOnly: boolean, by: string): string {
    this.register.typedBy(by);
    const inserted = this.#discIn();
    this.#infection.requireNew(inserted);
    const month = period ?? nextPeriod(this.period);
    const users = this.users.filter((user) => user.changed || !changedOnly);
    const { account } = this.#options;
    const own = { ...this.#own, account, register: this.register, infection: this.#infection };
    const said = burnPackages(own, inserted, { month, users });
    this.#chart.send({ type: 'DISC_BURNT' });
    return said;
  }

  /** Burns, or takes in, a backup. Errors: CMS_NO_DISC, CMS_USED_DISC, CMS_HAS_USERS, CMS_NO_BACKUP, MEDIA_*. */
  backup(what: 'back-up' | 'restore'): string {
    const inserted = this.#discIn();
    if (what === 'restore') return restore(this.#own, inserted);
    this.#infection.requireNew(inserted);
    this.#chart.send({ type: 'DISC_BURNT' });
    return backUp(this.#own, inserted);
  }

  get #own(): BackupOptions {
    return {
      ports: this.#ports,
      cms: this.name,
      vault: this.#vault,
      custody: this.#custody,
      disk: this.disk,
    };
  }

  #discIn(): InsertedDisc {
    const { inserted } = this.drive;
    if (inserted === undefined) throw cmsError('CMS_NO_DISC', 'there is no disc in the drive');
    return inserted;
  }

  #payloadOf(user: VaultUser): QrPayload {
    return qrPayloadOf(this.#vault, user, this.period, this.#options.crs);
  }

  #userOf(number: string): VaultUser {
    const tel = canonicalNumber(number);
    const user = this.#vault.find(tel);
    if (user === undefined) throw cmsError('CMS_UNKNOWN_USER', `there is no user ${tel}`);
    return user;
  }

  screen(): readonly string[] {
    return screenOf({
      period: this.period,
      users: this.users.length,
      shown: this.#codes.name,
      drive: this.#chart.value.drive,
      disc: this.drive.inserted?.name ?? '',
      cable: this.#cable,
      ledger: this.ledger,
    });
  }
}
