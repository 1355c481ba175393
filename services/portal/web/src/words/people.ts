import type { Service } from '../../../src/face/parts.js';

const groups: Readonly<Record<string, string>> = {
  artisan: 'Artisan',
  commercant: 'Commerçant ou industriel',
  'profession-liberale': 'Profession libérale',
};
export const groupName = (group: string): string => groups[group] ?? group;

/** Who answers for what, as people know them. */
const services: Readonly<Record<Service, string>> = {
  affiliation: 'le RSI (affiliation)',
  collection: 'le service commun du recouvrement',
  benefits: 'le RSI (prestations)',
  'urssaf-sync': 'l’Urssaf',
};
export const serviceName = (service: string): string => services[service as Service] ?? service;

const organisations: Readonly<Record<string, string>> = {
  rsi: 'RSI',
  urssaf: 'Urssaf',
  cell: 'Cellule mixte RSI-Urssaf',
  isu: 'Service commun',
  operator: 'Exploitation technique',
  partner: 'Organisme partenaire',
};
export const organisationName = (organisation: string): string => organisations[organisation] ?? organisation;

const roles: Readonly<Record<string, string>> = {
  agent: 'agent de la région',
  'agent-national': 'agent national',
  'prevention-officer': 'service de prévention',
  mediator: 'médiateur',
  auditor: 'auditeur',
  operator: 'exploitant',
  'third-party': 'tiers déclarant',
};
export const roleName = (role: string): string => roles[role] ?? role;

/** Whose word a declared figure is. */
const sayers: Readonly<Record<string, string>> = {
  insured: 'vous-même',
  'net-entreprises': 'net-entreprises.fr, où vous l’avez déclaré',
  urssaf: 'l’Urssaf',
  rsi: 'le RSI',
  cell: 'la cellule mixte RSI-Urssaf',
};
export const sayerName = (organisation: string): string => sayers[organisation] ?? organisation;

/** The door by which a word came to us. */
const sources: Readonly<Record<string, string>> = {
  portal: 'déclaré en ligne sur Mon compte',
  agent: 'déclaré auprès d’un agent',
  'net-entreprises': 'déclaré sur net-entreprises.fr',
  urssaf: 'transmis par l’Urssaf',
  'urssaf-sync': 'transmis par l’Urssaf',
};
export const sourceName = (source: string): string => sources[source] ?? source;

const incomeKinds: Readonly<Record<string, string>> = {
  declared: 'Déclaré',
  estimated: 'Estimé',
  'ex-officio': 'Taxé d’office',
  tax: 'Transmis par l’administration fiscale',
};
export const incomeKindName = (kind: string): string => incomeKinds[kind] ?? kind;
