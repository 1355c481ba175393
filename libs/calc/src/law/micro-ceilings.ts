import { Money } from '@isu/values';
import { dated } from '../dated.js';
import type { Dated } from '../dated.js';
import type { Activity } from '../situation.js';
import { OPENFISCA } from './sources.js';

const euros = (from: string, whole: number) => ({ from, value: Money.euros(whole), source: OPENFISCA });

/** Chiffre d’affaires au-delà duquel le régime micro n’est plus ouvert. CGI, art. 50-0 et 102 ter; by year of the turnover. */
const sales = dated<Money>('micro.plafond.vente', 'seuil de chiffre d’affaires du micro-entrepreneur, ventes', [
  euros('2011-01-01', 81500),
  euros('2013-01-01', 82200),
  euros('2017-01-01', 170000),
  euros('2020-01-01', 176200),
  euros('2023-01-01', 188700),
  euros('2025-01-01', 203100),
]);

const services = dated<Money>('micro.plafond.services', 'seuil de chiffre d’affaires du micro-entrepreneur, services et libéraux', [
  euros('2011-01-01', 32600),
  euros('2013-01-01', 32900),
  euros('2017-01-01', 70000),
  euros('2020-01-01', 72600),
  euros('2023-01-01', 77700),
  euros('2025-01-01', 83600),
]);

export const turnoverCeilings: Record<Activity, Dated<Money>> = {
  vente: sales,
  'services-commerciaux': services,
  'services-artisanaux': services,
  bnc: services,
  'bnc-cipav': services,
};

const tolerated = (whole: number) => ({
  from: '2013-01-01',
  value: Money.euros(whole),
  source: 'CGI, art. 50-0 et 102 ter, seuils de tolérance lus pour 2016 ; les mêmes depuis 2013, par défaut',
  unsure: 'Depuis 2017, les seuils ont doublé et la sortie suit deux années de dépassement : la tolérance n’est pas modélisée.',
});
const noTolerance = { from: '2017-01-01', value: null, source: OPENFISCA };

/** Above it the regime is lost from the month of passing; between the ceiling and this, kept that year and the next. */
const tolerance: Record<'sales' | 'services', Dated<Money | null>> = {
  sales: dated<Money | null>('micro.tolerance.vente', 'seuil de sortie immédiate du micro-entrepreneur, ventes', [
    tolerated(90300),
    noTolerance,
  ]),
  services: dated<Money | null>('micro.tolerance.services', 'seuil de sortie immédiate du micro-entrepreneur, services', [
    tolerated(34900),
    noTolerance,
  ]),
};

export const toleranceCeilings: Record<Activity, Dated<Money | null>> = {
  vente: tolerance.sales,
  'services-commerciaux': tolerance.services,
  'services-artisanaux': tolerance.services,
  bnc: tolerance.services,
  'bnc-cipav': tolerance.services,
};
