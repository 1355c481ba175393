/** Where the figures come from; the name a derivation prints. */
export const SEED = 'Le Particulier, « Tout savoir sur le RSI » (2016)';
export const OPENFISCA = 'OpenFisca-France, commit a7038ee';
export const MON_ENTREPRISE = 'betagouv/mon-entreprise, commit 7b021aa';
export const RSI_2017 = 'rsi.fr, pages des taux, édition 2017';
export const TABLES_2014 = 'Barème RSI 2014 (agence7)';
export const TABLES_2015 = 'Barèmes RSI 2015 (Européenne de Conseil, bulletinspaie.com)';
export const CERFRANCE_2016 = 'Cerfrance, barème artisan 2016';
export const URSSAF_2018 = 'Urssaf, notice du 15 juin 2018';
export const MIDWIFE_2016 = 'Barème sages-femmes 2016 (Gescompo, HLP)';
export const DECREE_2012_443 = 'Décret n° 2012-443 du 3 avril 2012';
export const DECREE_2012_1551 = 'Décret n° 2012-1551 du 28 décembre 2012, résumé publié';
export const DECREE_2014_1531 = 'Décret n° 2014-1531 du 17 décembre 2014';
export const DECREE_2014_1637 = 'Décret n° 2014-1637 du 26 décembre 2014';
export const DECREE_2015_1856 = 'Décret n° 2015-1856 du 30 décembre 2015';
