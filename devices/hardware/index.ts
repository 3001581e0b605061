/**
 * The parts that devices and the physical world are made of: storage, discs, paper, pictures, cameras, wall clocks. What
 * can be stolen has an `image()`: octets, never a reference into a device.
 */
export { Camera, type QrReader } from './camera.ts';
export { DiscDrive, type DiscDriveState, type InsertedDisc } from './disc-drive.ts';
export { HARDWARE_CODES } from './errors.ts';
export {
  FLASH_IMAGE_MAGIC,
  readFlashImage,
  type FlashContents,
  type FlashLive,
  type FlashRemnant,
  lockedImage,
} from './flash-image.ts';
export { Flash, type FlashState } from './flash.ts';
export {
  copyFiles,
  DISK_KINDS,
  diskTakenUp,
  isDiskImage,
  newDisk,
  readDiskImage,
  treated,
  TREATMENTS,
  type Disk,
  type DiskKind,
  type DiskState,
  type Treatment,
} from './disk.ts';
export { cutUp, readPieces, withoutSome, type Cut } from './pieces.ts';
export { blur, crop, smudge, type Area, type GrayImage } from './gray-image.ts';
export { photograph, type PhotographOptions } from './photograph.ts';
export { OpticalDisc, type DiscState, type OpticalDiscState } from './optical-disc.ts';
export { keptSecret, secretOfKept, type KeptSecret } from './kept-secret.ts';
export { Paper, type PaperState } from './paper.ts';
export { renderQr, type QrErrorCorrection, type QrOptions } from './qr-image.ts';
export { RealTimeClock, type RealTimeClockOptions, type RealTimeClockState } from './real-time-clock.ts';
export { residueIn } from './residue.ts';
