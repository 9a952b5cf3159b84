-- What no single row can say of a calculation of basic social assistance.

-- A line that is somebody's is about a member of the decision's household.
ALTER TABLE benefits_calculationline ADD CONSTRAINT a_line_is_about_a_member
    FOREIGN KEY (decision_id, member) REFERENCES benefits_householdmember (decision_id, number)
    DEFERRABLE INITIALLY DEFERRED;

-- Expenses less income are the decision's amount a month; where income suffices, that is nothing
-- (act 1412/1997, 6 §). Sees all lines that a statement changed at once, and their whole months.
CREATE FUNCTION benefits_calculations_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM benefits_calculationline line
    JOIN benefits_decision decision ON decision.id = line.decision_id
    WHERE (line.decision_id, line.month) IN (SELECT decision_id, month FROM changed)
    GROUP BY line.decision_id, line.month, decision.amount
    HAVING greatest(sum(CASE line.part WHEN 'income' THEN -line.amount ELSE line.amount END), 0)
        <> coalesce(decision.amount, 0);
    IF FOUND THEN
        RAISE check_violation USING
            CONSTRAINT = 'a_calculation_adds_up_to_its_decision',
            MESSAGE = 'a_calculation_adds_up_to_its_decision is broken by lines of a month';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER inserted_lines_add_up AFTER INSERT ON benefits_calculationline
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION benefits_calculations_add_up();
CREATE TRIGGER updated_lines_add_up AFTER UPDATE ON benefits_calculationline
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION benefits_calculations_add_up();
CREATE TRIGGER lines_left_behind_add_up AFTER UPDATE ON benefits_calculationline
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION benefits_calculations_add_up();
CREATE TRIGGER lines_beside_deleted_ones_add_up AFTER DELETE ON benefits_calculationline
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION benefits_calculations_add_up();

-- The other side: a decision is corrected by a new decision, its own amount stays.
CREATE FUNCTION benefits_calculated_amount_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM benefits_calculationline WHERE decision_id = NEW.id) THEN
        RAISE check_violation USING
            CONSTRAINT = 'a_calculation_adds_up_to_its_decision',
            MESSAGE = 'a_calculation_adds_up_to_its_decision is broken by the amount of a decision';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER a_calculated_amount_stays AFTER UPDATE ON benefits_decision
    FOR EACH ROW WHEN (OLD.amount IS DISTINCT FROM NEW.amount)
    EXECUTE FUNCTION benefits_calculated_amount_stays();
