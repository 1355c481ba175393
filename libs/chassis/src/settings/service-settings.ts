import { IsIn, IsInt, IsOptional, Matches, Max, Min, MinLength, ValidateBy } from 'class-validator';
import { isDayText } from '@isu/contracts';
import { peersPattern } from '../peers/addresses.js';
import { partsPattern } from './parts.js';
import { Setting } from './settings.js';

const urlPattern = /^https?:\/\/[^\s/]+(?:\/\S*)?$/;

/** What every service is told by its environment. A service with more to be told extends this class. */
export class ServiceSettings {
  /** Which parts of the service's work this instance takes: not to be confused with the roles of persons or of PostgreSQL. */
  @Setting({
    variable: 'ISU_ROLE',
    accepted: '« all », ou « http », « consumer », « relay », « workers » entre virgules',
    byDefault: 'all',
  })
  @Matches(partsPattern)
  role!: string;

  @Setting({ variable: 'ISU_ENV', accepted: '« development » ou « production »', byDefault: 'development' })
  @IsIn(['development', 'production'])
  environment!: 'development' | 'production';

  @Setting({
    variable: 'ISU_DATABASE_URL',
    accepted: 'une adresse postgres://utilisateur:mot-de-passe@hôte:port/base dont le rôle peut créer schémas et rôles',
    developmentSecret: 'postgres://postgres:postgres@127.0.0.1:5432/isu',
  })
  @Matches(/^postgres(?:ql)?:\/\/\S+$/)
  databaseUrl!: string;

  /** The passwords of the service roles are derived from it, so that one secret serves several services without being shared by them. */
  @Setting({
    variable: 'ISU_DATABASE_SECRET',
    accepted: 'un secret d’au moins 32 caractères, dont dérivent les mots de passe des rôles de service',
    developmentSecret: 'development-only-database-secret-0001',
  })
  @MinLength(32)
  databaseSecret!: string;

  /** Roles belong to a whole PostgreSQL server: two systems on one server are told apart by it. */
  @Setting({ variable: 'ISU_ROLE_PREFIX', accepted: 'de 1 à 20 lettres minuscules, chiffres ou « _ »', byDefault: 'isu' })
  @Matches(/^[a-z][a-z0-9_]{0,19}$/)
  rolePrefix!: string;

  @Setting({ variable: 'ISU_POOL_SIZE', accepted: 'un nombre entier de connexions, de 1 à 200', byDefault: '10' })
  @IsInt()
  @Min(1)
  @Max(200)
  poolSize!: number;

  @Setting({ variable: 'ISU_STATEMENT_TIMEOUT_MS', accepted: 'un nombre entier de millisecondes, de 100 à 600000', byDefault: '30000' })
  @IsInt()
  @Min(100)
  @Max(600_000)
  statementTimeoutMs!: number;

  @Setting({ variable: 'ISU_TODAY', accepted: 'un jour du calendrier tel que 2016-05-20, ou rien' })
  @IsOptional()
  @ValidateBy({ name: 'isDay', validator: { validate: isDayText } })
  businessDay?: string;

  @Setting({ variable: 'ISU_LOG_LEVEL', accepted: '« debug », « info », « warn », « error » ou « silent »', byDefault: 'info' })
  @IsIn(['debug', 'info', 'warn', 'error', 'silent'])
  logLevel!: string;

  @Setting({
    variable: 'ISU_PEERS_URL',
    accepted: 'une adresse http(s) commune, un modèle tel que http://{service}:8080, ou une liste collection=http://…,benefits=http://…',
    byDefault: 'http://127.0.0.1:8080',
  })
  @Matches(peersPattern)
  peersUrl!: string;

  @Setting({ variable: 'ISU_PEERS_TIMEOUT_MS', accepted: 'un nombre entier de millisecondes, de 100 à 60000', byDefault: '5000' })
  @IsInt()
  @Min(100)
  @Max(60_000)
  peersTimeoutMs!: number;

  /** The issuer of tokens, exactly as it stands in their `iss`. */
  @Setting({
    variable: 'ISU_ISSUER',
    accepted: 'l’adresse http(s) de l’émetteur des jetons, telle qu’elle figure dans « iss »',
    byDefault: 'http://127.0.0.1:8080/issuer',
  })
  @Matches(urlPattern)
  issuer!: string;

  /** How the service proves to the issuer which one it is, to get tokens for its calls to other services. */
  @Setting({
    variable: 'ISU_SERVICE_SECRET',
    accepted: 'le secret de ce service auprès de l’émetteur, d’au moins 24 caractères, ou sa clé privée (JWK)',
    developmentSecret: 'development-only-service-secret-0001',
  })
  @MinLength(24)
  serviceSecret!: string;

  @Setting({ variable: 'ISU_KEY_RING_FILE', accepted: 'le chemin du trousseau de clés', byDefault: '.isu/key-ring.json' })
  @MinLength(1)
  keyRingFile!: string;

  /** Readers that an author does not wait for before it writes: gone for good, or known not to matter. An operator's decision. */
  @Setting({ variable: 'ISU_WITHOUT_READERS', accepted: 'des noms de services séparés par des virgules, ou rien', byDefault: 'none' })
  @Matches(/^[a-z-]+(?: *, *[a-z-]+)*$/)
  withoutReaders!: string;

  @Setting({ variable: 'ISU_STALLED_AFTER_MS', accepted: 'un nombre entier de millisecondes, de 1000 à 600000', byDefault: '60000' })
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  stalledAfterMs!: number;
}
