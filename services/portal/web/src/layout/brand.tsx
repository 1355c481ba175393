import { Link } from 'react-router';

export function Brand({ to, name }: { readonly to: string; readonly name: string }) {
  return (
    <Link to={to} className="brand">
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#0f5257" />
        <path d="M9 23V9m7 14V9m7 14V9" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
        <path d="M6.5 16h19" stroke="#f2b441" strokeWidth="3" strokeLinecap="round" />
      </svg>
      {name}
    </Link>
  );
}
