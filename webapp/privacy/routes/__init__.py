from webapp.privacy.routes import erasures, held, retention

blueprints = [erasures.bp, held.bp, retention.bp]
