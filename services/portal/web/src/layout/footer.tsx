import { Link } from 'react-router';

export function Footer() {
  return (
    <footer className="footer">
      <div className="footer-row">
        <span>Le compte commun du RSI et de l’Urssaf</span>
        <Link to="/simulateur">Simulateur de cotisations</Link>
        <Link to="/delais">Du paiement aux droits</Link>
        <Link to="/accessibilite">Accessibilité</Link>
        <Link to="/bureau">Espace des agents</Link>
      </div>
    </footer>
  );
}
