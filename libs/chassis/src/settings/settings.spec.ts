import { IsInt, Max, Min } from 'class-validator';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationRefused, readSettings, Setting } from './settings.js';
import { ServiceSettings } from './service-settings.js';

class PostingSettings extends ServiceSettings {
  @Setting({ variable: 'ISU_BATCH_LINES', accepted: 'un nombre de lignes, de 1 à 100000', byDefault: '5000' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  batchLines!: number;
}

const production = {
  ISU_ENV: 'production',
  ISU_DATABASE_URL: 'postgres://isu_admin:a-password@db:5432/isu',
  ISU_DATABASE_SECRET: 'x'.repeat(32),
  ISU_SERVICE_SECRET: 'y'.repeat(24),
};

const wrongIn = (variables: Record<string, string>, type: new () => object = ServiceSettings): string[] => {
  try {
    readSettings(type, variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.wrong.map(({ variable }) => variable);
    throw error;
  }
};

describe('the settings of a service', () => {
  it('are typed, with their defaults, in development without being told anything', () => {
    const settings = readSettings(PostingSettings, { ISU_POOL_SIZE: ' 25 ', ISU_BATCH_LINES: '' });
    expect(settings).toMatchObject({ poolSize: 25, batchLines: 5_000, environment: 'development', businessDay: undefined });
  });

  it('refuse the start with every wrong variable at once and what would be accepted, never with what was given', () => {
    const variables = {
      ISU_POOL_SIZE: 'many',
      ISU_TODAY: '2016-02-30',
      ISU_LOG_LEVEL: 'loud',
      ISU_BATCH_LINES: '0',
      ISU_PEERS_URL: 'ftp://secret@peer',
    };
    expect(wrongIn(variables, PostingSettings).sort()).toEqual(Object.keys(variables).sort());
    expect(() => readSettings(PostingSettings, variables)).toThrow('ISU_TODAY : un jour du calendrier tel que 2016-05-20, ou rien');
    expect(() => readSettings(PostingSettings, variables)).not.toThrow(/many|2016-02-30|loud|secret@peer/);
  });

  it('refuse a missing secret outside development', () => {
    expect(wrongIn({ ISU_ENV: 'production' })).toEqual(['ISU_DATABASE_URL', 'ISU_DATABASE_SECRET', 'ISU_SERVICE_SECRET']);
    expect(wrongIn(production)).toEqual([]);
  });

  it('refuse the secret of development outside development', () => {
    expect(wrongIn({ ...production, ISU_DATABASE_SECRET: 'development-only-database-secret-0001' })).toEqual(['ISU_DATABASE_SECRET']);
  });

  it('refuse a secret that is too short', () => expect(wrongIn({ ISU_DATABASE_SECRET: 'short' })).toEqual(['ISU_DATABASE_SECRET']));

  describe('given in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'isu-settings-'));
    const file = join(folder, 'secret');
    const { ISU_SERVICE_SECRET: secret, ...withoutSecret } = production;
    afterAll(() => rmSync(folder, { recursive: true }));

    it('are its content, so that a secret stands in no environment', () => {
      writeFileSync(file, `${secret}\n`);
      const given = { ...withoutSecret, ISU_SERVICE_SECRET_FILE: file };
      expect(readSettings(ServiceSettings, given).serviceSecret).toBe(secret);
    });

    it('R15 — a file that is missing or empty refuses the start, even where there is a default', () => {
      expect(wrongIn({ ISU_POOL_SIZE_FILE: join(folder, 'missing') })).toEqual(['ISU_POOL_SIZE_FILE']);
      writeFileSync(file, ' \n');
      expect(wrongIn({ ...withoutSecret, ISU_SERVICE_SECRET_FILE: file })).toEqual(['ISU_SERVICE_SECRET_FILE']);
    });

    it('are refused when the variable says something too', () => {
      writeFileSync(file, secret);
      expect(wrongIn({ ...production, ISU_SERVICE_SECRET_FILE: file })).toEqual(['ISU_SERVICE_SECRET_FILE']);
    });

    it('are kept apart from settings whose own name ends so', () => {
      expect(readSettings(ServiceSettings, { ISU_KEY_RING_FILE: '/run/secrets/key-ring.json' }).keyRingFile).toBe(
        '/run/secrets/key-ring.json',
      );
    });
  });
});
