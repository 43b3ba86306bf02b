;;; workers-ai-choosing.el --- Choosing a model, or an earlier answer  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; What there is to choose from is asked of the program, which prints it as JSON.

;;; Code:

(require 'cl-lib)
(require 'subr-x)
(require 'workers-ai-connection)
(require 'workers-ai-options)
(require 'workers-ai-proposals)

(defun workers-ai--ask-program (arguments then)
  "Run our program with ARGUMENTS, and call THEN with the JSON that it prints."
  (let ((output (generate-new-buffer " *workers-ai output*" t))
        (errors (generate-new-buffer " *workers-ai errors*" t)))
    (make-process
     :name "workers-ai" :noquery t :connection-type 'pipe :coding 'utf-8
     :buffer output :stderr errors
     :command (cons (or (executable-find workers-ai-program)
                        (user-error "The program `%s' was not found" workers-ai-program))
                    arguments)
     :sentinel (lambda (process _event)
                 (unless (process-live-p process)
                   ;; Not within the sentinel, in which nothing can be asked.
                   (run-with-timer 0 nil #'workers-ai--hand-over process output errors then))))))

(defun workers-ai--hand-over (process output errors then)
  "Call THEN with the JSON in the buffer OUTPUT, or show the text of ERRORS.
PROCESS has written both."
  (let ((found (with-current-buffer output
                 (goto-char (point-min))
                 (ignore-errors (json-parse-buffer :object-type 'plist :array-type 'list
                                                   :null-object nil :false-object nil))))
        (trouble (with-current-buffer errors (string-trim (buffer-string)))))
    (kill-buffer output)
    (let ((writer (get-buffer-process errors)))
      (when writer
        (set-process-query-on-exit-flag writer nil)))
    (kill-buffer errors)
    (if (and found (eql (process-exit-status process) 0))
        (funcall then found)
      (message "%s" (if (string-empty-p trouble) "Nothing was found." trouble)))))

(defun workers-ai--choose (prompt lines)
  "Ask by PROMPT for a text in LINES, an alist; return its value."
  (cdr (assoc (completing-read
               prompt
               (lambda (text predicate action)
                 (if (eq action 'metadata)
                     ;; They come in an order that means something.
                     '(metadata (display-sort-function . identity)
                                (cycle-sort-function . identity))
                   (complete-with-action action lines text predicate)))
               nil t)
              lines)))

(defun workers-ai--use-model (id)
  "Have the model ID answer from now on."
  (let ((given (getenv "WORKERS_AI_MODEL")))
    (when (and given (not (string-empty-p given)))
      (user-error "WORKERS_AI_MODEL goes before any choice: it says %s; unset it and start Emacs \
again" given)))
  (setq workers-ai-settings (plist-put (copy-sequence workers-ai-settings) :model id))
  (workers-ai-send-settings)
  (message "%s answers from now on, until Emacs ends." id))

;;;###autoload
(defun workers-ai-model (&optional id)
  "Choose the model that answers until Emacs ends.
Unless ID is given, ask for one."
  (interactive)
  (if id
      (workers-ai--use-model id)
    (workers-ai--ask-program
     '("models" "--json")
     (lambda (models)
       (workers-ai--use-model
        (workers-ai--choose
         "Model: "
         (cl-loop for model in models
                  when (equal (plist-get model :status) "live")
                  collect (cons (format "%s (window %d)" (plist-get model :id)
                                        (plist-get model :context_window))
                                (plist-get model :id)))))))))

;;;###autoload
(defun workers-ai-history ()
  "Choose one of the answers so far, and show it again."
  (interactive)
  (let ((connection (workers-ai--any-connection)))
    (workers-ai--ask-program
     '("history" "--json")
     (lambda (entries)
       (when-let ((number (workers-ai--choose
                           "Answer: "
                           (mapcar #'workers-ai--history-line entries))))
         (workers-ai--execute connection "showLastAnswer" (list :entry number)))))))

(defun workers-ai--history-line (entry)
  "A line about an ENTRY of the journal, and its number."
  (cons (format "%d  %s  %s  %s  %s"
                (plist-get entry :number) (plist-get entry :time) (plist-get entry :action)
                (file-name-nondirectory (workers-ai--path (plist-get entry :uri)))
                (plist-get entry :outcome))
        (plist-get entry :number)))

(provide 'workers-ai-choosing)
;;; workers-ai-choosing.el ends here
