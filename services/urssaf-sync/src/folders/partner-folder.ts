import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { layWhole } from '@isu/chassis';

export const rooms = ['inbox', 'outbox', 'archive', 'quarantine'] as const;
export type Room = (typeof rooms)[number];

/** How a file stands on the disk: the same again means that nobody has touched it. */
export const lookOf = ({ size, mtimeMs, ino }: Pick<Stats, 'size' | 'mtimeMs' | 'ino'>): string =>
  [size, Math.trunc(mtimeMs), ino].map(String).join(':');

/** The folder of one partner. Every file in it appears and goes whole: what is written is written aside, forced to the disk, then given its name. */
export class PartnerFolder {
  constructor(
    private readonly root: string,
    readonly partner: string,
  ) {}

  async prepare(): Promise<void> {
    for (const room of rooms) await mkdir(join(this.root, this.partner, room), { recursive: true });
  }

  async names(room: Room): Promise<string[]> {
    return (await readdir(this.pathOf(room))).sort();
  }

  /** Null when it is not there; a link or a folder is no file. */
  async look(room: Room, name: string): Promise<string | null> {
    const stats = await lstat(this.pathOf(room, name)).catch(absent);
    return stats === null ? null : stats.isFile() ? lookOf(stats) : 'no-file';
  }

  /** Null when it went away; a link is not followed. */
  async open(room: Room, name: string): Promise<FileHandle | null> {
    return open(this.pathOf(room, name), constants.O_RDONLY | constants.O_NOFOLLOW).catch(absent);
  }

  /** A full disk leaves nothing behind and throws: whoever writes tries again. */
  async write(room: Room, name: string, content: string | AsyncIterable<Uint8Array>): Promise<void> {
    await layWhole(this.pathOf(room, name), (file) => this.fill(file, content));
  }

  async move(name: string, from: Room, to: { room: Room; name: string }): Promise<void> {
    await rename(this.pathOf(from, name), this.pathOf(to.room, to.name)).catch(absent);
  }

  async remove(room: Room, name: string): Promise<void> {
    await rm(this.pathOf(room, name), { force: true });
  }

  protected async fill(file: FileHandle, content: string | AsyncIterable<Uint8Array>): Promise<void> {
    await writeFile(file, content);
  }

  private pathOf(room: Room, name = ''): string {
    return join(this.root, this.partner, room, name);
  }
}

/** It was there a moment ago: its owner may take it away at any time. */
function absent(fault: unknown): null {
  const code = (fault as { code?: unknown } | null)?.code;
  if (code === 'ENOENT' || code === 'ELOOP') return null;
  throw fault;
}
