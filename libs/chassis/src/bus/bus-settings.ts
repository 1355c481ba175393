import { IsIn, IsInt, IsOptional, Matches, Max, Min, MinLength } from 'class-validator';
import { Setting } from '../settings/settings.js';

/** How a process of its own reaches Kafka. */
export class BusSettings {
  @Setting({ variable: 'KAFKA_BROKERS', accepted: 'des adresses hôte:port séparées par des virgules', byDefault: '127.0.0.1:9092' })
  @Matches(/^[^\s,:]+:\d+(?:,[^\s,:]+:\d+)*$/)
  brokers!: string;

  /** Several installations may share a cluster. */
  @Setting({ variable: 'KAFKA_PREFIX', accepted: 'le début des noms de sujets et de groupes, tel que « essai. », ou rien' })
  @IsOptional()
  @Matches(/^[a-z0-9._-]{1,40}$/)
  prefix?: string;

  @Setting({ variable: 'KAFKA_REPLICAS', accepted: 'le nombre de copies de chaque sujet, de 1 à 5, ou rien (celui du courtier)' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5)
  replicas?: number;

  /** A member that is silent for as long has lost its lanes: how long a killed instance delays what it had in hand. */
  @Setting({ variable: 'KAFKA_SESSION_MS', accepted: 'un nombre entier de millisecondes, de 2000 à 300000', byDefault: '10000' })
  @IsInt()
  @Min(2_000)
  @Max(300_000)
  sessionMs!: number;

  @Setting({ variable: 'KAFKA_TLS', accepted: '« on » ou « off »', byDefault: 'off' })
  @IsIn(['on', 'off'])
  tls!: 'on' | 'off';

  @Setting({ variable: 'KAFKA_CA_FILE', accepted: 'le chemin du certificat (PEM) de l’autorité des courtiers, ou rien' })
  @IsOptional()
  @MinLength(1)
  caFile?: string;

  @Setting({ variable: 'KAFKA_USERNAME', accepted: 'le compte SCRAM-SHA-512 de ce service auprès des courtiers, ou rien' })
  @IsOptional()
  @MinLength(1)
  username?: string;

  @Setting({ variable: 'KAFKA_PASSWORD', accepted: 'le mot de passe de ce compte, ou rien' })
  @IsOptional()
  @MinLength(1)
  password?: string;
}
