/** Every table of error codes, by the folder that it belongs to. A test finds tables that are not here. */
import type { CodeTable } from '../../../sim/errors.ts';
import { ATTACK_CODES } from '../../../devices/attacker/errors.ts';
import { CMS_CODES } from '../../../devices/cms/errors.ts';
import { CONSOLE_CODES } from '../../../devices/console/errors.ts';
import { CRS_CODES } from '../../../devices/crs/errors.ts';
import { FIREWALL_CODES } from '../../../devices/firewall/errors.ts';
import { HANDSET_CODES } from '../../../devices/handset/errors.ts';
import { HARDWARE_CODES } from '../../../devices/hardware/errors.ts';
import { MDM_CODES } from '../../../devices/mdm/mdm-message.ts';
import { MEDIA_CODES } from '../../../devices/media/errors.ts';
import { MIKEY_CRYPTO_CODES } from '../../../network/mikey/errors.ts';
import { MIKEY_CODES } from '../../../network/mikey/message-errors.ts';
import { RTP_CODES } from '../../../network/rtp/errors.ts';
import { NETWORK_CODES } from '../../../network/simulated/errors.ts';
import { SDP_CODES, SIP_CODES } from '../../../network/sip/errors.ts';
import { TLS_ERRORS } from '../../../network/tls-psk/errors.ts';
import { REPORTS_CODES } from '../../../reports/errors.ts';
import { CONTROL_CODES } from '../../../scenarios/live/director/errors.ts';
import { HOST_CODES } from '../../../scenarios/host/errors.ts';
import { QUEUE_CODES } from '../../../scenarios/host/redis/errors.ts';
import { CHECKPOINT_CODES } from '../../../scenarios/host/checkpoint-errors.ts';
import { TYPED_LINES_CODES } from '../../../scenarios/host/typed-lines-errors.ts';
import { PEOPLE_CODES } from '../../../scenarios/world/people/errors.ts';
import { REHEARSAL_CODES } from '../../../scenarios/exercises/errors.ts';
import { RUN_CODES } from '../../../scenarios/runs/errors.ts';
import { SUITE_CODES } from '../../../scenarios/evidence/suite-errors.ts';
import { LANGUAGE_CODES } from '../../../scenarios/language/errors.ts';
import { WORLD_CODES } from '../../../scenarios/world/errors.ts';
import { CLI_CODES } from '../../errors.ts';
import { SHARD_CODES } from '../../shards/errors.ts';
import { VERIFY_CODES } from '../../verify/errors.ts';

/** One section of the page of errors: its codes stand below its title. */
export interface DocumentedTable {
  /** Where the codes are met: `Consoles`. */
  readonly title: string;
  readonly table: CodeTable;
}

/** In the order of the page: from what users meet first down to the formats of peers. */
export const ERROR_TABLES: readonly DocumentedTable[] = [
  { title: 'The command line', table: CLI_CODES },
  { title: 'Evidence that is verified', table: VERIFY_CODES },
  { title: 'Shards', table: SHARD_CODES },
  { title: 'Files that are read and written', table: HOST_CODES },
  { title: 'Runs on several machines', table: QUEUE_CODES },
  { title: 'Directors and their devices', table: CONTROL_CODES },
  { title: 'Reports', table: REPORTS_CODES },
  { title: 'Reports that are read back', table: SUITE_CODES },
  { title: 'Scenario and procedure files', table: LANGUAGE_CODES },
  { title: 'Runs', table: RUN_CODES },
  { title: 'Rehearsals', table: REHEARSAL_CODES },
  { title: 'Files of checkpoints', table: CHECKPOINT_CODES },
  { title: 'Files of typed lines', table: TYPED_LINES_CODES },
  { title: 'The world', table: WORLD_CODES },
  { title: 'People', table: PEOPLE_CODES },
  { title: 'Consoles', table: CONSOLE_CODES },
  { title: 'Handsets', table: HANDSET_CODES },
  { title: 'The CMS', table: CMS_CODES },
  { title: 'The CRS', table: CRS_CODES },
  { title: 'The MDM', table: MDM_CODES },
  { title: 'The firewall', table: FIREWALL_CODES },
  { title: 'Attackers', table: ATTACK_CODES },
  { title: 'Hardware', table: HARDWARE_CODES },
  { title: 'QR codes, discs, packages and phone storage', table: MEDIA_CODES },
  { title: 'The network', table: NETWORK_CODES },
  { title: 'TLS with a pre-shared key', table: TLS_ERRORS },
  { title: 'SIP', table: SIP_CODES },
  { title: 'SDP', table: SDP_CODES },
  { title: 'RTP and SRTP', table: RTP_CODES },
  { title: 'MIKEY messages', table: MIKEY_CODES },
  { title: 'SAKKE and ECCSI', table: MIKEY_CRYPTO_CODES },
];
