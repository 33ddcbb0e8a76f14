from webapp.accounts.routes import audit, mine, teams, user_actions, users

blueprints = [mine.bp, users.bp, user_actions.bp, teams.bp, audit.bp]
