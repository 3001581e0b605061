/** What can be wrong with the parts that devices and the physical world are made of. */
import { errorsOf } from '../../sim/errors.ts';

/** Every code of discs, drives, flash and pictures, with what to do instead. */
export const HARDWARE_CODES = {
  HARDWARE_FLASH_FULL: {
    summary: 'Flash storage has no room for the record.',
    fix: 'Write less, or give the device larger storage; space is never reclaimed in this model.',
  },
  HARDWARE_FLASH_RECORD: {
    summary: 'A record is outside the limits of flash storage.',
    fix: 'Use a name of 1 to 64 printable ASCII characters and a value of at most 65,536 octets.',
  },
  HARDWARE_FLASH_IMAGE: {
    summary: 'The octets are not a flash image.',
    fix: 'Take the image again from the device; it must be complete and unchanged.',
  },
  HARDWARE_DISK_FULL: {
    summary: 'A magnetic disk has no free sectors in a row for the file.',
    fix: 'Write less, or give the computer a larger disk.',
  },
  HARDWARE_DISK_FILE: {
    summary: 'A file is outside the limits of a magnetic disk.',
    fix: 'Use a name of 1 to 64 printable ASCII characters and a value of at most 65,536 octets.',
  },
  HARDWARE_DISK_IMAGE: {
    summary: 'The octets are not the image of a magnetic disk.',
    fix: 'Take the image again from the disk; it must be complete and unchanged.',
  },
  HARDWARE_DRIVE_OCCUPIED: {
    summary: 'There is a disc in the drive already.',
    fix: 'Eject it first.',
  },
  HARDWARE_DISC_WRITTEN: {
    summary: 'The disc was burned before; a CD-R is written once.',
    fix: 'Take a new blank disc.',
  },
  HARDWARE_DISC_BLANK: {
    summary: 'The disc holds nothing.',
    fix: 'Burn the disc first, or take the one that was burned.',
  },
  HARDWARE_DISC_DESTROYED: {
    summary: 'The disc was destroyed.',
    fix: 'Take another disc; nothing can be read from this one or written to it.',
  },
  HARDWARE_DISC_CAPACITY: {
    summary: 'The data do not fit the disc, or there are none.',
    fix: 'Burn between 1 octet and the capacity of the disc.',
  },
  HARDWARE_PAPER_DESTROYED: {
    summary: 'The sheet of paper was destroyed.',
    fix: 'Print another sheet.',
  },
  HARDWARE_QR_SIZE: {
    summary: 'The octets do not fit a QR code.',
    fix: 'Carry fewer octets, or use error correction L.',
  },
  HARDWARE_QR_UNREADABLE: {
    summary: 'The camera sees no readable QR code.',
    fix: 'Hold the camera so that the whole code and its white border are in the picture, or print a new copy.',
  },
  HARDWARE_QR_SEVERAL: {
    summary: 'The camera sees more than one QR code.',
    fix: 'Cover all codes but the one to scan.',
  },
  HARDWARE_IMAGE: {
    summary: 'An area or a size does not fit the image.',
    fix: 'Use whole pixels inside the image.',
  },
  HARDWARE_CLOCK_RANGE: {
    summary: 'A wall clock cannot be set so.',
    fix: 'Use a time from 1970 to 2200 and a drift of at most 100,000 parts per million.',
  },
} as const;

/** Makes the typed error of one of these codes. */
export const hardwareError = errorsOf(HARDWARE_CODES);
