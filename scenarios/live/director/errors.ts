/** What can go wrong between a director and the processes of its devices, and with what a device keeps. */
import { errorsOf } from '../../../sim/errors.ts';

/** The CONTROL_ codes with what each means and what mends it: the control channel, its devices, and the files they share. */
export const CONTROL_CODES = {
  CONTROL_LINE: {
    summary: 'A line between a director and a device is not one of their messages.',
    fix: 'Use the same version of calldrill on both ends, and give the port to nobody else.',
  },
  CONTROL_SIZE: {
    summary: 'A line between a director and a device is longer than any message.',
    fix: 'Use the same version of calldrill on both ends, and give the port to nobody else.',
  },
  CONTROL_TOKEN: {
    summary: 'The other end of the control channel does not know the token.',
    fix: 'Give both ends the same token file: --token <file>, as the director prints it.',
  },
  CONTROL_NOT_AWAITED: {
    summary: 'The director does not wait for this device, or has it already.',
    fix: 'Check the kind and the name; type `devices` at the director.',
  },
  CONTROL_CHANNEL: {
    summary: 'The director cannot open the port that devices come to.',
    fix: 'Give an address that this machine has (--bind) and a port that is free and above 1023 (--port), or leave both out.',
  },
  CONTROL_UNREACHABLE: {
    summary: 'The director cannot be reached.',
    fix: 'Start the director first, and give its address as it prints it: --director <address>:<port>.',
  },
  CONTROL_DIRECTOR_LOST: {
    summary: 'The director of a device is gone, so the device has ended.',
    fix: 'See what the director said last.',
  },
  CONTROL_DEVICE_LOST: {
    summary: 'The process of a device is gone.',
    fix: 'Type `restart <device>` at the director, or start it again by hand with its state: `calldrill device ... --state <folder>`.',
  },
  CONTROL_DEVICE_SILENT: {
    summary: 'The process of a device did not answer in time.',
    fix: 'See whether it was stopped, or its machine is too busy.',
  },
  CONTROL_NOT_JOINED: {
    summary: 'A device did not come in time.',
    fix: 'Type the command line that the director printed, on the host where the device should be.',
  },
  CONTROL_ELSEWHERE: {
    summary: 'What would be done to a device reaches into it, and it is a process of its own.',
    fix: 'Run the scenario in one process: `calldrill live` or `calldrill run`.',
  },
  CONTROL_COMMAND: {
    summary: 'The director has no such command, or it cannot be done now.',
    fix: 'Type `help` at the director.',
  },
  CONTROL_EXCHANGE: {
    summary:
      'A file that is carried between a director and a device is not in the exchange folder, or cannot be written there.',
    fix: 'Give both the same folder: --exchange <folder>. Between hosts share it, or copy the file there by hand and type the line again.',
  },
  CONTROL_VERSION: {
    summary: 'The two ends of the control channel are different versions of calldrill.',
    fix: 'Use the same version on both ends.',
  },
  CONTROL_ADDRESS: {
    summary: 'An address is not one that a device can have for itself.',
    fix: 'Give each device, and the director, an address of its own with --bind, and start every device on its own host: --wait-for all. Or leave --bind out everywhere, so that everything is on the loopback.',
  },
  CONTROL_FOLDER_USED: {
    summary: 'The folder of a directed run is that of another run.',
    fix: 'Give each run a folder of its own: --folder <folder>. If no run is going on there, its director was killed: remove the file `token`.',
  },
  CONTROL_PICTURE: {
    summary: 'A file is not a picture as cameras here take it (PGM, binary, 8 bits).',
    fix: 'Take the file from the exchange folder as the director wrote it.',
  },
  CONTROL_OPEN_TO_OTHERS: {
    summary:
      'The token of a directed run, or what is carried to its devices, may be read or written by others.',
    fix: 'Make it yours alone: chmod 600 for the token file, chmod 700 for the exchange folder.',
  },
  CONTROL_STATE_FOLDER: {
    summary: 'A device cannot keep its state in this folder, or read it.',
    fix: 'Give a folder of your own with room on it; nobody else may read it (chmod 700), nor the files in it (chmod 600).',
  },
} as const;

/** Makes an error of one of the CONTROL_ codes; the fix is that of the table unless another is given. */
export const controlError = errorsOf(CONTROL_CODES);
/** The name of one row of the table of control errors. */
export type ControlCode = keyof typeof CONTROL_CODES;
