;;; workers-ai-commands.el --- Commands about code  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; A command sends `workspace/executeCommand' and does not wait: what comes of it comes later, as an
;; edit or as a notification.  In a buffer without a server it starts one, and goes on once that is
;; ready.

;;; Code:

(require 'subr-x)
(require 'workers-ai-connection)
(require 'workers-ai-diagnostics)

(defvar-local workers-ai--waiting nil
  "What is to be done here once there is a server, as (TIME . FUNCTION).")

(defconst workers-ai--patience 60
  "For how many seconds a command waits for the server to start.")

(defun workers-ai--with-server (do)
  "Call DO with the connection of this buffer, now or once there is one."
  (let ((connection (workers-ai--connection)))
    (cond (connection (funcall do connection))
          ((not buffer-file-name) (user-error "This buffer shows no file"))
          ((workers-ai--starting-p) (setq workers-ai--waiting (cons (float-time) do)))
          ((workers-ai--client-p)
           (user-error "The servers of this buffer run without workers-ai-ls: see *Warnings*, \
then M-x eglot-reconnect or M-x lsp-workspace-restart"))
          (t (setq workers-ai--waiting (cons (float-time) do))
             (workers-ai--start)))))

(defun workers-ai--go-on ()
  "Do what waited for the server of this buffer."
  (when-let ((connection (and workers-ai--waiting (workers-ai--connection))))
    (pcase-let ((`(,since . ,do) workers-ai--waiting)
                (buffer (current-buffer)))
      (setq workers-ai--waiting nil)
      (when (< (- (float-time) since) workers-ai--patience)
        ;; The server has yet to be told of the document.
        (run-with-timer 0 nil (lambda ()
                                (when (buffer-live-p buffer)
                                  (with-current-buffer buffer (funcall do connection)))))))))

(add-hook 'eglot-managed-mode-hook #'workers-ai--go-on)
(add-hook 'lsp-after-open-hook #'workers-ai--go-on)

(defun workers-ai--lines ()
  "The first and the last line of the region, or twice the one with point."
  (if (use-region-p)
      (let ((end (if (> (region-end) (region-beginning)) (1- (region-end)) (region-end))))
        (list (line-number-at-pos (region-beginning) t) (line-number-at-pos end t)))
    (let ((line (line-number-at-pos nil t)))
      (list line line))))

(defun workers-ai--line-start (line)
  "Where LINE begins, counted from 1 and without narrowing."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- line))
    (point)))

(defun workers-ai--act (action &optional instruction)
  "Have ACTION done to the region, or to the function or class at point.
INSTRUCTION is how.  The server is asked for code actions first, to
let it know what others have reported there."
  (pcase-let ((`(,first ,last) (workers-ai--lines))
              (buffer (current-buffer)))
    (workers-ai--with-server
     (lambda (connection)
       (save-restriction
         (widen)
         (let ((from (workers-ai--line-start first))
               (to (workers-ai--line-start (1+ last))))
           (workers-ai--request
            connection "textDocument/codeAction"
            (list :textDocument (list :uri (workers-ai--uri connection))
                  :range (list :start (workers-ai--position from)
                               :end (workers-ai--position to))
                  :context (list :diagnostics (vconcat (workers-ai--diagnostics from to))))
            (lambda ()
              (when (buffer-live-p buffer)
                (with-current-buffer buffer
                  (apply #'workers-ai--execute connection action buffer-file-name first last
                         (and instruction (not (string-empty-p instruction))
                              (list instruction)))))))))))))

(defun workers-ai--wish (prompt)
  "Ask by PROMPT for an instruction, if there is a prefix argument."
  (list (and current-prefix-arg (read-string prompt))))

;;;###autoload
(defun workers-ai-explain (&optional question)
  "Explain the region, or the function or class at point.
The explanation grows in a buffer beside the code.  With a prefix
argument, ask for a QUESTION."
  (interactive (workers-ai--wish "Explain what? "))
  (workers-ai--act "explain" question))

;;;###autoload
(defun workers-ai-refactor (&optional instruction)
  "Refactor the region, or the function or class at point.
With a prefix argument, ask for an INSTRUCTION."
  (interactive (workers-ai--wish "Refactor how? "))
  (workers-ai--act "refactor" instruction))

;;;###autoload
(defun workers-ai-tests (&optional instruction)
  "Have the region, or the function or class at point, tested by new code.
With a prefix argument, ask for an INSTRUCTION."
  (interactive (workers-ai--wish "Test what? "))
  (workers-ai--act "tests" instruction))

;;;###autoload
(defun workers-ai-edit (instruction)
  "Change the region, or the function or class at point, by an INSTRUCTION."
  (interactive "sEdit how? ")
  (when (string-empty-p (string-trim instruction))
    (user-error "An edit needs an instruction"))
  (workers-ai--act "edit" instruction))

;;;###autoload
(defun workers-ai-prompt ()
  "Show what would be sent to the model, and send nothing."
  (interactive)
  (workers-ai--act "prompt"))

;;;###autoload
(defun workers-ai-cancel ()
  "Cancel whatever the model is doing."
  (interactive)
  (let ((connections (delete-dups (workers-ai--connections))))
    (unless connections
      (user-error "No AI server runs"))
    (dolist (connection connections)
      (workers-ai--execute connection "cancel"))))

(provide 'workers-ai-commands)
;;; workers-ai-commands.el ends here
