import { Controller, Get, Inject, Query } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import { DataSource } from 'typeorm';
import { bucketsOf, leavesOf, type FingerprintBucket, type FingerprintLeaf } from '../fingerprints/fingerprint-tree.js';
import { Answers } from '../openapi/answers.js';
import { wire } from '../openapi/wire.js';
import { Allowed } from '../security/policy/allowed.js';

class TreeQuery {
  /** The buckets whose accounts are asked for; absent, the buckets themselves. */
  @IsOptional()
  @Matches(/^[0-9a-f]{3}(?:,[0-9a-f]{3}){0,63}$/, { message: 'de 1 à 64 paquets de trois chiffres hexadécimaux, séparés par des virgules' })
  under?: string;
}

interface Tree {
  readonly buckets: readonly FingerprintBucket[];
  readonly accounts: readonly FingerprintLeaf[];
}

const tree = wire.record<Tree>({
  buckets: wire.listOf(wire.record<FingerprintBucket>({ bucket: wire.text, accounts: wire.count, digest: wire.digest })),
  accounts: wire.listOf(
    wire.record<FingerprintLeaf>({ account: wire.account, fold: wire.text, vector: wire.vector, fingerprint: wire.digest }),
  ),
});

/** The stored fingerprints as a tree of hashes: two services compare millions of accounts, and ask further only where they differ. */
@Controller('fingerprints')
export class FingerprintsController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Get('tree')
  @Answers('Les paquets et leurs empreintes, ou les comptes des paquets demandés.', tree)
  @Allowed('fingerprints.read')
  async tree(@Query() { under }: TreeQuery): Promise<Tree> {
    if (under === undefined) return { buckets: await bucketsOf(this.db.manager), accounts: [] };
    return { buckets: [], accounts: await leavesOf(this.db.manager, under.split(',')) };
  }
}
